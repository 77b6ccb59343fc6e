// Reads manifests as kubectl does (cli-runtime's FileVisitor and StreamVisitor) and says what it understood. One line of
// standard input is a file as a JSON string in base64; one line of output is the JSON of its documents, or why it is refused.
package main

import (
	"bufio"
	"bytes"
	"encoding/base64"
	"encoding/json"
	"io"
	"os"

	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
	kubejson "k8s.io/apimachinery/pkg/util/json"
	"k8s.io/apimachinery/pkg/util/yaml"
)

type answer struct {
	Documents []string `json:"documents"` // null where the file is refused
	Error     string   `json:"error,omitempty"`
}

func read(file []byte) answer {
	result := answer{Documents: []string{}}
	text := transform.NewReader(bytes.NewReader(file), unicode.BOMOverride(unicode.UTF8.NewDecoder()))
	decoder := yaml.NewYAMLOrJSONDecoder(text, 4096)
	for {
		var document json.RawMessage
		if err := decoder.Decode(&document); err == io.EOF {
			return result
		} else if err != nil {
			return answer{Error: err.Error()}
		}
		raw := bytes.TrimSpace(document)
		if len(raw) == 0 || bytes.Equal(raw, []byte("null")) {
			continue
		}
		var value any
		if err := kubejson.Unmarshal(raw, &value); err != nil {
			return answer{Error: err.Error()}
		}
		result.Documents = append(result.Documents, string(raw))
	}
}

func main() {
	in, out := bufio.NewReader(os.Stdin), bufio.NewWriter(os.Stdout)
	defer out.Flush()
	for {
		line, err := in.ReadBytes('\n')
		if err != nil {
			return
		}
		file, err := base64.StdEncoding.DecodeString(string(bytes.TrimSpace(line)))
		if err != nil {
			panic(err)
		}
		encoded, err := json.Marshal(read(file))
		if err != nil {
			panic(err)
		}
		out.Write(append(encoded, '\n'))
	}
}
