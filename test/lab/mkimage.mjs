// node mkimage.mjs OUT.tar NAME [--entrypoint a,b] [--cmd a,b] [--env K=V] [--dir ROOT] [SRC:DST ...]
// Writes a one-layer image archive that containerd and podman (OCI layout) and docker (manifest.json) load. Needs tar(1).
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';

const [out, name, ...rest] = process.argv.slice(2);
const env = ['PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'];
const files = [];
let entrypoint;
let cmd;
let dir;
for (let i = 0; i < rest.length; i++) {
  if (rest[i] === '--entrypoint') entrypoint = rest[++i].split(',');
  else if (rest[i] === '--cmd') cmd = rest[++i].split(',');
  else if (rest[i] === '--env') env.push(rest[++i]);
  else if (rest[i] === '--dir') dir = rest[++i];
  else files.push(rest[i].split(':'));
}

const work = fs.mkdtempSync(`${out}.`);
const root = path.join(work, 'root');
const layout = path.join(work, 'layout');

function writeBlob(data) {
  const hex = createHash('sha256').update(data).digest('hex');
  fs.writeFileSync(path.join(layout, 'blobs/sha256', hex), data);
  return { digest: `sha256:${hex}`, size: data.length };
}

function writeLayout() {
  const media = 'application/vnd.oci.image.';
  const tar = ['--sort=name', '--mtime=@0', '--owner=0', '--group=0', '--numeric-owner', '-C', root, '-cf', '-', '.'];
  const layer = writeBlob(execFileSync('tar', tar, { maxBuffer: 2 ** 31 }));
  const date = '2026-01-01T00:00:00Z';
  const config = writeBlob(
    Buffer.from(
      JSON.stringify({
        architecture: 'amd64',
        os: 'linux',
        created: date,
        config: { Env: env, Entrypoint: entrypoint, Cmd: cmd },
        rootfs: { type: 'layers', diff_ids: [layer.digest] },
        history: [{ created: date, created_by: 'mkimage' }],
      }),
    ),
  );
  const manifest = writeBlob(
    Buffer.from(
      JSON.stringify({
        schemaVersion: 2,
        mediaType: `${media}manifest.v1+json`,
        config: { mediaType: `${media}config.v1+json`, ...config },
        layers: [{ mediaType: `${media}layer.v1.tar`, ...layer }],
      }),
    ),
  );
  const annotations = { 'io.containerd.image.name': name, 'org.opencontainers.image.ref.name': name };
  const blobPath = ({ digest }) => `blobs/sha256/${digest.slice('sha256:'.length)}`;
  const write = (file, value) => fs.writeFileSync(path.join(layout, file), JSON.stringify(value));
  write('oci-layout', { imageLayoutVersion: '1.0.0' });
  write('index.json', {
    schemaVersion: 2,
    mediaType: `${media}index.v1+json`,
    manifests: [{ mediaType: `${media}manifest.v1+json`, ...manifest, annotations }],
  });
  write('manifest.json', [{ Config: blobPath(config), RepoTags: [name], Layers: [blobPath(layer)] }]);
  return layer.size;
}

try {
  fs.mkdirSync(path.join(layout, 'blobs/sha256'), { recursive: true });
  if (dir) execFileSync('cp', ['-al', dir, root]); // hard links: same file system
  for (const sub of ['etc', 'tmp']) fs.mkdirSync(path.join(root, sub), { recursive: true });
  fs.chmodSync(path.join(root, 'tmp'), 0o1777);
  for (const [source, target] of files) {
    fs.mkdirSync(path.dirname(path.join(root, target)), { recursive: true });
    fs.linkSync(fs.realpathSync(source), path.join(root, target));
  }
  const size = writeLayout();
  execFileSync('tar', ['-C', layout, '-cf', `${work}/image.tar`, '.']);
  fs.renameSync(`${work}/image.tar`, out);
  console.log(name, size);
} finally {
  fs.rmSync(work, { recursive: true, force: true });
}
