import { stderr } from 'node:process';
import { styleText } from 'node:util';
import type { Emit, SyncEvent } from '../../execute/events.ts';
import { describeAction } from '../../plan/describe.ts';

const HEARTBEAT_MS = 5_000;

export interface ProgressPrinter {
  readonly emit: Emit;
  readonly stop: () => void;
}

/** Prints what a sync says to stderr, a line each; an action that takes long says so every 5 s, with its estimate. */
export function createProgressPrinter(): ProgressPrinter {
  const glyphs = stderr.isTTY
    ? { begin: '►', done: '✔', failed: '✗', note: '⚠' }
    : { begin: '>', done: 'ok', failed: 'FAILED', note: '!' };
  let heartbeat: NodeJS.Timeout | undefined;
  const stop = (): void => clearInterval(heartbeat);
  const line = (text: string): void => void stderr.write(`${text}\n`);

  function begin(event: Extract<SyncEvent, { type: 'action-started' }>): void {
    const startedAt = performance.now();
    const estimate = event.estimateSeconds > 2 ? ` (usually about ${event.estimateSeconds} s)` : '';
    line(`${glyphs.begin} [${event.index + 1}/${event.total}] ${describeAction(event.action)}${estimate}`);
    stop();
    heartbeat = setInterval(() => {
      const seconds = Math.round((performance.now() - startedAt) / 1000);
      line(styleText('dim', `  ${seconds} s of about ${event.estimateSeconds} s`, { stream: stderr }));
    }, HEARTBEAT_MS);
    heartbeat.unref();
  }

  function end({ action, outcome }: Extract<SyncEvent, { type: 'action-ended' }>): void {
    stop();
    if (outcome.result === 'done') {
      line(`${glyphs.done} ${action.kind} in ${(outcome.ms / 1000).toFixed(1)} s`);
      return;
    }
    line(
      `${glyphs.failed} ${action.kind} ${outcome.result}: ${outcome.error?.message ?? ''} [${outcome.error?.code ?? ''}]`,
    );
    if (outcome.result === 'failed' && outcome.error) line(`  Try: ${outcome.error.hint}`);
  }

  function emit(event: SyncEvent): void {
    if (event.type === 'stage') line(`${glyphs.begin} ${event.text}`);
    else if (event.type === 'notice') line(`${glyphs.note} ${event.text}`);
    else if (event.type === 'action-started') begin(event);
    else if (event.type === 'action-progress') line(styleText('dim', `  ${event.text}`, { stream: stderr }));
    else if (event.type === 'action-ended') end(event);
    else for (const held of event.held) line(`${glyphs.note} held: ${held.subject}: ${held.reason} [${held.code}]`);
  }

  return { emit, stop };
}
