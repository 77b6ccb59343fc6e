// Preloaded into the agent (NODE_OPTIONS=--require=...): kills it with SIGKILL at the points named in the file
// $KUBIC_FAULTS, one a line, in any order, each once: `before started kubeadm.init` is before that record is in the
// journal, `after started kubeadm.init` when it is on disk. The product has no hook for this.
const fs = require('node:fs');
const promises = require('node:fs/promises');

const faults = process.env.KUBIC_FAULTS;
const originalOpen = promises.open;

function killAt(when, record) {
  const point = `${when} ${record.event} ${record.kind}`;
  const points = fs.readFileSync(faults, 'utf8').split('\n').filter(Boolean);
  if (!points.includes(point)) return;
  fs.writeFileSync(
    faults,
    points
      .filter((other) => other !== point)
      .map((line) => `${line}\n`)
      .join(''),
  );
  process.kill(process.pid, 'SIGKILL');
}

promises.open = async (path, ...rest) => {
  const file = await originalOpen(path, ...rest);
  if (!faults || !String(path).endsWith('/journal.jsonl')) return file;
  let record;
  const append = file.appendFile.bind(file);
  const sync = file.sync.bind(file);
  file.appendFile = async (text) => {
    record = JSON.parse(text);
    killAt('before', record);
    return append(text);
  };
  file.sync = async () => {
    await sync();
    if (record) killAt('after', record);
  };
  return file;
};
