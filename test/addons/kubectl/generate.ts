import fc from 'fast-check';

/** A value as YAML writes it: on one line, or as lines below its key. */
type Written = { readonly inline: string } | { readonly lines: readonly string[] };

const plain = fc.oneof(
  fc.constantFrom(
    'yes',
    'No',
    'on',
    '~',
    'null',
    'Null',
    '.',
    '.5',
    '-.5',
    '1_000',
    '0o17',
    '017',
    '08',
    '0x1F',
    '0b11',
    '1e3',
    '1.50',
    '-0',
  ),
  fc.constantFrom(
    '9223372036854775807',
    '18446744073709551616',
    '2026-01-01',
    '12:30',
    '1:2',
    '1.2.3.4',
    '10Gi',
    'a b',
    'http://a.b/c',
    'a#b',
    '<<',
  ),
  fc.integer().map(String),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
  fc.bigInt({ min: -(2n ** 65n), max: 2n ** 65n }).map(String),
  fc.stringMatching(/^[-+0-9._eExXoObB]{1,12}$/).filter((text) => !/^(?:-|\.\.\.|---.*)$/.test(text)),
  fc.stringMatching(/^[a-zA-Z][a-zA-Z0-9 ./_-]{0,20}[a-z0-9]$/),
);
const characters = fc.string({
  unit: fc.constantFrom('a', 'b', ' ', '\\n', ':', '#', "'", '-', 'é', '😀', '{', ',', '%', '*'),
  maxLength: 15,
});
const single = characters.map((text) => `'${text.replaceAll('\\n', ' ').replaceAll("'", "''")}'`);
const double = characters.map((text) => `"${text.replaceAll(/[']/g, '\\"')}"`);
const tagged = fc.tuple(
  fc.constantFrom('!!str', '!!int', '!!float', '!!bool', '!!null', '!!binary', '!!timestamp', '!', '!foo'),
  plain,
);
const scalar = fc.oneof(
  { weight: 4, arbitrary: plain },
  { weight: 1, arbitrary: single },
  { weight: 1, arbitrary: double },
  { weight: 1, arbitrary: tagged.map(([tag, text]) => `${tag} ${text}`) },
);
const block = fc
  .tuple(
    fc.constantFrom('|', '>', '|-', '>-', '|+', '>+'),
    fc.array(fc.stringMatching(/^(?:[a-z#-][a-z :#]{0,8}[a-z])?$/), { minLength: 1, maxLength: 4 }),
  )
  .map(([header, lines]): Written => ({ lines: [header, ...lines.map((line) => (line === '' ? '' : `  ${line}`))] }));

const key = fc.oneof(
  fc.stringMatching(/^[a-z]{1,4}$/),
  fc.constantFrom('y', '"a c"', '1', '1.5', '0x10', 'true', 'a b', '<<x'),
);

const flow: fc.Arbitrary<string> = fc.letrec<{ value: string }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    scalar.filter((text) => !/[?,[\]{}]|(?:^|\s):|:(?=\S)|^-$|^(?:!\S* ?)$/.test(text)),
    fc.array(tie('value'), { maxLength: 4 }).map((items) => `[${items.join(', ')}]`),
    fc.array(tie('value'), { maxLength: 4 }).map((items) => `[\n${items.join(',\n')}\n]`),
    fc
      .array(fc.tuple(key, tie('value')), { maxLength: 3 })
      .map((pairs) => `{${pairs.map(([k, v]) => `${k}: ${v}`).join(', ')}}`),
  ),
})).value;

const indent = (lines: readonly string[], width: number): readonly string[] =>
  lines.map((line) => (line === '' ? line : ' '.repeat(width) + line));

const value: fc.Arbitrary<Written> = fc.letrec<{ value: Written; map: Written; seq: Written }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'medium', withCrossShrink: true },
    scalar.map((inline) => ({ inline })),
    flow.map((inline) => ({ inline })),
    block,
    tie('map'),
    tie('seq'),
  ),
  map: fc
    .tuple(
      fc.array(fc.tuple(key, tie('value')), { minLength: 1, maxLength: 4 }),
      fc.integer({ min: 1, max: 4 }),
      fc.constantFrom('', ' # c'),
    )
    .map(
      ([pairs, width, comment]): Written => ({
        lines: pairs.flatMap(([k, written]) => {
          if ('inline' in written) return [`${k}: ${written.inline}${written.inline.includes('\n') ? '' : comment}`];
          const [first = '', ...rest] = written.lines;
          if (/^[|>][-+]?$/.test(first)) return [`${k}: ${first}`, ...rest];
          return [`${k}:${comment}`, ...indent(written.lines, first.startsWith('- ') ? width - 1 : width)];
        }),
      }),
    ),
  seq: fc.array(tie('value'), { minLength: 1, maxLength: 4 }).map(
    (items): Written => ({
      lines: items.flatMap((written) => {
        if ('inline' in written) return [`- ${written.inline}`];
        const [first = '', ...rest] = written.lines;
        return [`- ${first}`, ...indent(rest, 2)];
      }),
    }),
  ),
})).value;

/** What stands alone in a document is no object: block scalars there end in another way, and nobody minds. */
const document = value.map((written) => {
  if ('inline' in written) return `a: ${written.inline}`;
  return /^[|>]/.test(written.lines[0] ?? '') ? `a: ${written.lines.join('\n')}` : written.lines.join('\n');
});
const separator = fc.constantFrom('---', '--- # c', '---  ', '---\n---', '# c\n---', '\n---\n', '---\r');

/** Some documents of YAML, most of them valid. */
export const yamlFile: fc.Arbitrary<string> = fc
  .tuple(fc.array(fc.tuple(document, separator), { minLength: 1, maxLength: 3 }), fc.constantFrom('\n', '\r\n'))
  .map(([parts, end]) =>
    parts
      .map(([text, between]) => `${text}\n${between}\n`)
      .join('')
      .replaceAll('\r', '')
      .replaceAll('\n', end),
  );
