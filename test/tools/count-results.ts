// count-results FILE...: prints `PASSED FAILED` over the reports that runs of vitest left (see vitest.config.ts), for .ci/run.
// A test file that could not be loaded has no tests to count, and is counted itself.
import { readFileSync } from 'node:fs';

/** What is read of a report of vitest's json reporter. */
interface Report {
  readonly success: boolean;
  readonly testResults: readonly {
    readonly status: string;
    readonly assertionResults: readonly { readonly status: string }[];
  }[];
}

let passed = 0;
let failed = 0;
for (const file of process.argv.slice(2)) {
  const report = JSON.parse(readFileSync(file, 'utf8')) as Report;
  let failedHere = 0;
  for (const { status, assertionResults } of report.testResults) {
    const failures = assertionResults.filter((result) => result.status === 'failed').length;
    passed += assertionResults.filter((result) => result.status === 'passed').length;
    failedHere += status === 'failed' ? Math.max(failures, 1) : failures;
  }
  // an error outside of any test, or no test at all
  failed += report.success ? failedHere : Math.max(failedHere, 1);
}
console.log(`${passed} ${failed}`);
