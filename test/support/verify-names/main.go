// verify-names answers for each certificate request, a line of JSON each, what Kubernetes' signer would make of it and to which
// names and addresses a client in Go would then believe the holder. Signing is as in pkg/controller/certificates/authority.
package main

import (
	"bufio"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/json"
	"encoding/pem"
	"errors"
	"fmt"
	"math/big"
	"os"
	"time"
)

type question struct {
	Request string   `json:"request"`
	Names   []string `json:"names"`
}

type answer struct {
	Problem  string   `json:"problem,omitempty"`
	Believed []string `json:"believed"`
}

func main() {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	check(err)
	ca := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "kubernetes"}, NotAfter: time.Now().Add(time.Hour),
		IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign,
	}
	der, err := x509.CreateCertificate(rand.Reader, ca, ca, key.Public(), key)
	check(err)
	ca, err = x509.ParseCertificate(der)
	check(err)
	roots := x509.NewCertPool()
	roots.AddCert(ca)

	lines := bufio.NewScanner(os.Stdin)
	lines.Buffer(nil, 1<<20)
	out := json.NewEncoder(os.Stdout)
	for lines.Scan() {
		var q question
		check(json.Unmarshal(lines.Bytes(), &q))
		a := answer{Believed: []string{}}
		certificate, err := sign(q.Request, ca, key)
		if err != nil {
			a.Problem = err.Error()
		} else {
			for _, name := range q.Names {
				// the chain as well as the name: what a client of the API server checks
				_, err := certificate.Verify(x509.VerifyOptions{DNSName: name, Roots: roots})
				if err == nil {
					a.Believed = append(a.Believed, name)
				}
			}
		}
		check(out.Encode(a))
	}
	check(lines.Err())
}

func sign(text string, ca *x509.Certificate, key *ecdsa.PrivateKey) (*x509.Certificate, error) {
	block, _ := pem.Decode([]byte(text))
	if block == nil || block.Type != "CERTIFICATE REQUEST" {
		return nil, errors.New("no PEM block of a certificate request")
	}
	request, err := x509.ParseCertificateRequest(block.Bytes)
	if err != nil {
		return nil, err
	}
	if err := request.CheckSignature(); err != nil {
		return nil, err
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(2), Subject: request.Subject,
		DNSNames: request.DNSNames, IPAddresses: request.IPAddresses, EmailAddresses: request.EmailAddresses, URIs: request.URIs,
		NotAfter: time.Now().Add(time.Hour), KeyUsage: x509.KeyUsageDigitalSignature,
		ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth}, BasicConstraintsValid: true,
	}
	der, err := x509.CreateCertificate(rand.Reader, template, ca, request.PublicKey, key)
	if err != nil {
		return nil, err
	}
	return x509.ParseCertificate(der)
}

func check(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
