import { describe, expect, test } from 'vitest';
import { answerEnrolment } from '../../../src/admission/door/answer-enrolment.ts';
import { createPendingQueue } from '../../../src/admission/door/pending-queue.ts';
import { createEnrolmentKey } from '../../../src/admission/join/enrolment-key.ts';
import type { Definition } from '../../../src/definition/definition.ts';
import { fingerprint } from '../../support/builders.ts';
import { acceptedNode, definitionOf } from '../definition-fixture.ts';

const [OWN, KEY] = [fingerprint('O'), fingerprint('K')];
const SERVER = acceptedNode('cp-1', OWN, 'control-plane');
const WITHOUT = definitionOf([SERVER]);
const WITH = definitionOf([SERVER, acceptedNode('w-1', KEY)]);
const FACTS = { hostname: 'w-1', machineId: '', osImage: '', kernel: '', addresses: [], agentVersion: '' };

/** Asks as w-1 of a server that remembers one definition, and would read others; answers the state, and what was read. */
async function ask(remembered: Definition, read: { strangers?: Definition; isFresh?: boolean; head?: Definition }) {
  const readings: string[] = [];
  const reading = (who: string, definition = remembered, isFresh = true) => {
    readings.push(who);
    return Promise.resolve({ definition, isFresh, at: 0 });
  };
  const { csr } = await createEnrolmentKey(KEY);
  const answer = await answerEnrolment(
    { name: 'w-1', csr, facts: FACTS },
    { fingerprint: KEY, address: '10.0.0.1' },
    {
      ownFingerprint: OWN,
      currentDefinition: async () => remembered,
      readHead: () => reading('head', read.head),
      readHeadForStrangers: () => reading('strangers', read.strangers, read.isFresh),
      pending: createPendingQueue(),
      loadClusterCA: async () => 'the CA',
      issueCertificate: async () => 'the certificate',
    },
  );
  return { state: answer.state, readings };
}

describe('who asks for admission', () => {
  test('is answered by the head, read anew, where its key is accepted already', async () => {
    expect(await ask(WITH, {})).toEqual({ state: 'accepted', readings: ['head'] });
    expect(await ask(WITH, { head: WITHOUT })).toEqual({ state: 'pending', readings: ['head'] });
  });

  test('as a stranger is answered by what is read for strangers, and makes nobody read more', async () => {
    expect(await ask(WITHOUT, {})).toEqual({ state: 'pending', readings: ['strangers'] });
    expect(await ask(WITHOUT, { isFresh: false })).toEqual({ state: 'pending', readings: ['strangers'] });
  });

  test('is answered by the head once it is seen to be accepted in what is no fresh reading', async () => {
    expect(await ask(WITHOUT, { strangers: WITH })).toEqual({ state: 'accepted', readings: ['strangers'] });
    const stale = { strangers: WITH, isFresh: false };
    expect(await ask(WITHOUT, { ...stale, head: WITH })).toEqual({
      state: 'accepted',
      readings: ['strangers', 'head'],
    });
  });

  test('as a key that is rejected is a stranger, whatever else the list says', async () => {
    const both = definitionOf([SERVER, acceptedNode('w-1', KEY)], [{ key: KEY, reason: 'stolen' }]);
    expect(await ask(both, {})).toEqual({ state: 'rejected', readings: ['strangers'] });
  });

  test('is told to wait by a machine that the list has no longer', async () => {
    expect(await ask(WITHOUT, { strangers: definitionOf([]) })).toEqual({ state: 'busy', readings: ['strangers'] });
  });
});
