// Preloaded into the agent (NODE_OPTIONS=--require=...): kills it with SIGKILL at the points named in the file
// $KUBIC_FAULTS, one a line, in any order, each once: `before started kubeadm.init` is before that record is in the
// journal, `after started kubeadm.init` when it is on disk, `appears /a/file` when that comes to be. The product has no hook for this.
const fs = require('node:fs');
const promises = require('node:fs/promises');

const faults = process.env.KUBIC_FAULTS;
const originalOpen = promises.open;

const readPoints = () => fs.readFileSync(faults, 'utf8').split('\n').filter(Boolean);

function killAt(point) {
  const points = readPoints();
  const index = points.indexOf(point);
  if (index === -1) return;
  fs.writeFileSync(
    faults,
    points
      .toSpliced(index, 1)
      .map((line) => `${line}\n`)
      .join(''),
  );
  process.kill(process.pid, 'SIGKILL');
}

/** A file that is there from the beginning is what an earlier agent left: it has to go before it can appear. */
function watchFor(path) {
  let absent = false;
  const look = () => {
    if (!fs.existsSync(path)) absent = true;
    else if (absent) killAt(`appears ${path}`);
  };
  setInterval(look, 5).unref();
}

if (faults) {
  const paths = readPoints().flatMap((point) => (point.startsWith('appears ') ? [point.slice('appears '.length)] : []));
  for (const path of new Set(paths)) watchFor(path);
}

promises.open = async (path, ...rest) => {
  const file = await originalOpen(path, ...rest);
  if (!faults || !String(path).endsWith('/journal.jsonl')) return file;
  let record;
  const append = file.appendFile.bind(file);
  const sync = file.sync.bind(file);
  file.appendFile = async (text) => {
    record = JSON.parse(text);
    killAt(`before ${record.event} ${record.kind}`);
    return append(text);
  };
  file.sync = async () => {
    await sync();
    if (record) killAt(`after ${record.event} ${record.kind}`);
  };
  return file;
};
