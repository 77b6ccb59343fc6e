import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseManifests } from '../../../src/addons/manifests/parse-manifests.ts';
import { canonicalJson } from '../../../src/json/canonical.ts';
import { parseJson } from '../../../src/json/json-text.ts';
import { corpus } from './corpus.ts';
import { yamlFile } from './generate.ts';
import { readAsKubectl } from './reader.ts';

interface Difference {
  readonly form: RegExp;
  readonly why: string;
}

/** What kubectl refuses and we take: it can mean one thing only. */
const WE_TAKE: readonly Difference[] = [
  { form: /\\\/|\\ud83d\\ude00/, why: 'escapes of JSON, which the document may have been' },
  { form: /\t/, why: 'tabs that separate or stand in empty lines: YAML 1.2 allows them' },
  { form: /&[^\s]*[^\s\w-]/, why: 'anchors may have any characters in YAML 1.2' },
  {
    form: /[[{].*(?::[\w:]|\?)/s,
    why: 'colons and question marks inside of a plain text in brackets, as in URLs, since YAML 1.2',
  },
  { form: /![\w!]*[\]}]/, why: 'a tag with nothing behind it, in brackets' },
  {
    form: /^(?:\{a\}|\.\.\.|\{"a": 1\} # c)$/,
    why: "kubectl's change from JSON to YAML stumbles over the last bytes; nothing is lost",
  },
  { form: /\{a{1030}: b\}/, why: 'long keys in brackets' },
  { form: /\{"a"\n: 1\}/, why: 'a key in quotes, its colon on the next line: YAML 1.2' },
];

/** What kubectl takes and we refuse. */
const WE_REFUSE: readonly Difference[] = [
  {
    form: /^(?:\[a\]\]|\{k: a\}\}| a: 1\nb: 2)$/,
    why: 'kubectl leaves out what stands behind the end of a document, and says nothing',
  },
  { form: /^a: 1\n\.\.\.\n|^\.\.\.\n/, why: 'the same: what stands behind `...`' },
  { form: /^(?:[-k]:? |)?\[a:\]|\{a:\}/, why: 'kubectl makes a key `a:` of it, which nobody meant' },
  { form: /\[\?a\]/, why: 'kubectl makes a mapping of it, which nobody meant' },
  { form: /&a:/, why: 'kubectl takes the colon out of the anchor' },
  { form: /[[ ]-[\]}]/, why: 'a dash alone in brackets: the library takes it for an item' },
  { form: /\\'/, why: 'no escape in any YAML' },
  { form: /\|# c/, why: 'a comment right behind the indicator: no YAML' },
  { form: /!!binary/, why: 'bytes that are no text: JSON cannot have them, kubectl sends marks in their place' },
  { form: /\*x: c/, why: 'a colon right behind an alias belongs to its name in YAML 1.2' },
];

/** Our understanding of a file, in the form of kubectl's; undefined where we refuse it. */
function understood(text: string): readonly string[] | undefined {
  const values: string[] = [];
  for (const { manifest, diagnostics } of parseManifests('a.yaml', text)) {
    if (diagnostics.some(({ severity }) => severity === 'error')) return undefined;
    if (manifest !== undefined) values.push(canonicalJson(manifest.value));
  }
  // a number beyond a double's range is told later, with the field it is in
  return text.includes('{"a": 1e400}') ? undefined : values;
}

async function compare(files: readonly string[]): Promise<readonly string[]> {
  const theirs = await readAsKubectl(files);
  return files.flatMap((file, index) => {
    const expected = theirs[index]?.map((document) => canonicalJson(parseJson(document)));
    const ours = understood(file);
    if (JSON.stringify(ours) === JSON.stringify(expected)) return [];
    if (expected === undefined && WE_TAKE.some(({ form }) => form.test(file))) return [];
    if (ours === undefined && WE_REFUSE.some(({ form }) => form.test(file))) return [];
    return [`${JSON.stringify(file)}: kubectl reads ${expected}, we ${ours}`];
  });
}

test('every form of a manifest is read as kubectl reads it', { timeout: 600_000 }, async () => {
  expect(corpus.length).toBeGreaterThan(2_500);
  expect(await compare(corpus)).toEqual([]);
});

test('each difference that is allowed is still there', { timeout: 600_000 }, async () => {
  const theirs = await readAsKubectl(corpus);
  const idle = (
    differences: readonly Difference[],
    isOne: (file: string, index: number) => boolean,
  ): readonly string[] =>
    differences
      .filter(({ form }) => !corpus.some((file, index) => form.test(file) && isOne(file, index)))
      .map(({ why }) => why);
  expect(idle(WE_TAKE, (file, index) => theirs[index] === undefined && understood(file) !== undefined)).toEqual([]);
  expect(idle(WE_REFUSE, (file, index) => theirs[index] !== undefined && understood(file) === undefined)).toEqual([]);
});

test('generated files are read as kubectl reads them', { timeout: 600_000 }, async () => {
  const seed = Number(process.env.FC_SEED ?? Date.now() % 2 ** 31);
  const differences = await compare(fc.sample(yamlFile, { numRuns: 1_500, seed }));
  expect({ seed, differences }).toEqual({ seed, differences: [] });
});
