import { expect, test } from 'vitest';
import { problem, warning, wholeFile } from '../../src/document/diagnostic.ts';
import { formatDiagnostics } from '../../src/document/format-diagnostics.ts';

test('each problem is a line with its place, then its remedy; the last line counts them', () => {
  const place = { file: 'cluster.yaml', line: 12, column: 5 };
  const first = problem('definition.unknown-field', place, 'unknown field `x`', 'Write `y`.');
  const second = warning('definition.empty-addon', wholeFile('addons/web'), 'this add-on has no manifests');
  expect(
    formatDiagnostics([first, first, second]),
  ).toBe(`cluster.yaml:12:5 error definition.unknown-field: unknown field \`x\`
    → Write \`y\`.
cluster.yaml:12:5 error definition.unknown-field: unknown field \`x\`
    → Write \`y\`.
addons/web warning definition.empty-addon: this add-on has no manifests
    → Add manifests, or delete the folder.
2 errors, 1 warning`);
});

test('nothing wrong is said so', () => {
  expect(formatDiagnostics([])).toBe('no problems');
});

test('a file name cannot steer the terminal', () => {
  expect(
    formatDiagnostics([problem('definition.symlink', wholeFile('a\u001b[2J\nb'), 'this is a symbolic link')]),
  ).toContain('a\\u{1b}[2J\\u{a}b error definition.symlink');
});
