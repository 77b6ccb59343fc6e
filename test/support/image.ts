import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { cp, mkdir, readdir, readFile, rename, rm, stat, utimes } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { baseImageName, imageCache, isThere, provideBaseImage } from './base-image.ts';
import { tailOf } from './command.ts';
import { createLab, type Lab } from './lab.ts';
import { provision } from './provision.ts';

/** The agent's image, as init/kubic-init.service names it. */
const imageName = 'localhost/kubic-init:latest';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const CONTEXT = [
  'Dockerfile',
  'dist/kubic-init',
  'init/kubic-init.service',
  'init/kubic-init.sh',
  'init/kubic-init.yaml',
];
const KEPT = 3;

/**
 * The agent's image from dist/kubic-init and the Dockerfile, for `podman load`. Built in a host of its own, or a moment when
 * nothing of it has changed. The bundle must have been built (`make build`).
 *
 * @param report called with a line for each step that takes a while
 * @returns the path of the archive
 */
export async function provideImage(report: (line: string) => void = () => {}): Promise<string> {
  await provision();
  const base = await provideBaseImage();
  const key = createHash('sha256').update(path.basename(base));
  for (const file of CONTEXT) key.update(await readFile(path.join(ROOT, file)));
  const archive = path.join(imageCache, `kubic-init-${key.digest('hex').slice(0, 16)}.tar`);
  if (await isThere(archive)) {
    await utimes(archive, new Date(), new Date()); // the ones used last are kept
    return archive;
  }
  report('building the image in a host of its own (about 10 s)');
  await using lab = await createLab(`image-${process.pid}`);
  await build(lab, base, `${archive}.${process.pid}`);
  await rename(`${archive}.${process.pid}`, archive);
  await removeOld(base);
  return archive;
}

async function build(lab: Lab, base: string, archive: string): Promise<void> {
  const context = path.join(lab.files, 'context');
  for (const file of CONTEXT) {
    await mkdir(path.dirname(path.join(context, file)), { recursive: true });
    await cp(path.join(ROOT, file), path.join(context, file));
  }
  await cp(base, path.join(lab.files, 'base.tar'));
  await lab.up('builder', '10.250.0.10');
  await lab.exec('builder', ['podman', 'load', '--quiet', '--input', '/opt/lab-files/base.tar']);
  const args = [`BASE=${baseImageName}`, 'PROGRAM=prebuilt'].flatMap((arg) => ['--build-arg', arg]);
  await lab.exec('builder', ['podman', 'build', '--pull=never', ...args, '--tag', imageName, '/opt/lab-files/context']);
  await save(lab, archive);
}

/** Uncompressed: it is read on the same machine, and packing it takes longer than all the rest. */
async function save(lab: Lab, archive: string): Promise<void> {
  const saving = lab.spawn('builder', ['podman', 'save', '--quiet', '--format', 'docker-archive', imageName]);
  let errors = '';
  saving.stderr.on('data', (chunk: Buffer) => {
    errors += chunk.toString();
  });
  const exited = once(saving, 'exit');
  try {
    await pipeline(saving.stdout, createWriteStream(archive));
    const [code] = await exited;
    if (code !== 0) throw new Error(`podman save ended with exit code ${code}${tailOf(errors)}`);
  } catch (error) {
    await rm(archive, { force: true });
    throw error;
  }
}

/** Keeps the images used last and the base in use; also removes what an interrupted build left an hour ago or longer. */
async function removeOld(base: string): Promise<void> {
  const names = await readdir(imageCache);
  const files = await Promise.all(
    names.map(async (name) => ({ name, time: (await stat(path.join(imageCache, name))).mtimeMs })),
  );
  const finished = files.filter(({ name }) => name.endsWith('.tar')).toSorted((a, b) => b.time - a.time);
  const images = finished.filter(({ name }) => name.startsWith('kubic-init-')).slice(KEPT);
  const bases = finished.filter(({ name }) => name.startsWith('base-') && name !== path.basename(base));
  const interrupted = files.filter(({ name, time }) => !name.endsWith('.tar') && time < Date.now() - 3_600_000);
  for (const { name } of [...images, ...bases, ...interrupted]) {
    await rm(path.join(imageCache, name), { recursive: true, force: true });
  }
}
