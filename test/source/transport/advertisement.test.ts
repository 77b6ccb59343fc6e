import { expect, test } from 'vitest';
import { watchAdvertisement } from '../../../src/source/transport/advertisement.ts';

const line = (text: string): string => `${(text.length + 4).toString(16).padStart(4, '0')}${text}`;
const oid = 'ab'.repeat(20);

async function filtersOf(
  method: string,
  answer: string,
): Promise<{ readonly filters: boolean; readonly body: string }> {
  const pieces = [answer.slice(0, 50), answer.slice(50)].map((text) => Buffer.from(text, 'latin1'));
  const http = watchAdvertisement({
    request: async ({ url }) => ({
      url,
      statusCode: 200,
      statusMessage: 'OK',
      body: (async function* () {
        yield* pieces;
      })(),
    }),
  });
  const { body = [] } = await http.request({ url: 'http://git.example.com/fleet.git', method });
  const chunks: Uint8Array[] = [];
  for await (const chunk of body) chunks.push(chunk);
  return { filters: http.filters, body: Buffer.concat(chunks).toString('latin1') };
}

const answers: readonly [string, string, boolean][] = [
  [
    'version 2 with it',
    line('version 2\n') + line('fetch=shallow wait-for-done filter\n') + line('agent=git/2\n'),
    true,
  ],
  ['version 2 without it', line('version 2\n') + line('fetch=shallow\n') + line('agent=git/filter\n'), false],
  ['version 0 with it', line(`${oid} HEAD\0multi_ack filter agent=git/2\n`), true],
  ['version 0 without it', line(`${oid} HEAD\0multi_ack\n`) + line(`${oid} refs/heads/filter\n`), false],
];
for (const [what, answer, filters] of answers) {
  test(`whether a server leaves files out is seen in ${what}, and the answer is passed on as it is`, async () => {
    const advertisement = `${line('# service=git-upload-pack\n')}0000${answer}0000`;
    expect(await filtersOf('GET', advertisement)).toEqual({ filters, body: advertisement });
  });
}

test('an answer to anything else says nothing of it', async () => {
  expect((await filtersOf('POST', line(`${oid} HEAD\0filter\n`))).filters).toBe(false);
});
