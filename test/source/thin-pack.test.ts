import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { createSourceFixture } from './source-fixture.ts';

/** A server before the real one that makes it send packs whose deltas start from what the client has, unasked. */
async function startThinServer(url: string): Promise<string> {
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks).toString('latin1');
    const asked = body.replace(/^([0-9a-f]{4})want ([0-9a-f]{40}) /, (_, length: string, oid: string) => {
      const longer = Number.parseInt(length, 16) + ' thin-pack'.length;
      return `${longer.toString(16).padStart(4, '0')}want ${oid} thin-pack `;
    });
    const { method = '', headers } = request;
    const answer = await fetch(`${url}${request.url}`, {
      method,
      headers: {
        'content-type': headers['content-type'] ?? '',
        'git-protocol': String(headers['git-protocol'] ?? ''),
      },
      ...(method === 'POST' && { body: Buffer.from(asked, 'latin1') }),
    });
    const type = answer.headers.get('content-type') ?? '';
    response.writeHead(answer.status, { 'content-type': type }).end(Buffer.from(await answer.arrayBuffer()));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

for (const filters of [true, false]) {
  test(`a server that sends thin packs unasked is followed, from a store fetched anew (${filters ? 'with' : 'without'} filters)`, async () => {
    await using fixture = await createSourceFixture();
    await fixture.repository.git(['config', 'uploadpack.allowFilter', String(filters)]);
    const url = `${await startThinServer(fixture.server.url)}/fleet.git`;
    const source = fixture.source({ repository: { url, branch: 'main', path: '' } });
    const lines = Array.from({ length: 2_000 }, (_, i) => `line ${i} ${(i * 7_919) % 1_000}`);
    await fixture.repository.commit({ files: { 'a.yaml': lines.join('\n') } });
    await source.markActedOn((await source.fetchSnapshot()).snapshot.commit);
    lines[7] = 'another';
    const head = await fixture.repository.commit({ files: { 'a.yaml': lines.join('\n') } });
    const { snapshot, notices } = await source.fetchSnapshot();
    expect(snapshot.commit).toBe(head);
    expect(Buffer.from((snapshot.entries.get('a.yaml') as { content: Uint8Array }).content).toString()).toBe(
      lines.join('\n'),
    );
    expect(notices.join()).toMatch(/object [0-9a-f]{40} is missing.*fetched anew/);
  });
}
