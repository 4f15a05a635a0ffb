import { type Done, once, type Request } from '../administration/once.js';
import { anotherPerson, decidedAlready, type NotDone, notDone, notFound } from '../administration/refused.js';
import type { House } from '../house.js';
import { worker } from '../outbox.js';
import { carryOn } from './import-file.js';
import { type ReceivedFile, readReceivedFile } from './received-file.js';

export type FileDecision = { readonly fileId: string; readonly decision: 'parse-anyway' | 'reject'; readonly note: string };

/**
 * A second person decides about a file that was set aside: it is read all the same, as far as it is whole (profile "as it stands": no
 * schema), or refused. What cannot be read at all can only be refused.
 */
export async function decideFile(house: House, request: Request, given: FileDecision): Promise<Done<{ id: string }> | NotDone> {
  const { fileId, decision, note } = given;
  const decided = await once(house, request, async (tx) => {
    const { rows } = await tx.query<{ state: string; format: string | null; receivedBy: string }>(
      'SELECT state, format, received_by AS "receivedBy" FROM received_files WHERE id = $1',
      [fileId],
    );
    const [file] = rows;
    if (file === undefined) return notFound();
    if (file.state !== 'quarantined') return decidedAlready();
    if (file.receivedBy === request.actor.userId) return anotherPerson();
    if (decision === 'parse-anyway' && file.format === null)
      return notDone(
        'data-invalid',
        '此文件无法识别，只能退回；请向银行索取正确的文件。',
        'Nobody can tell what this file is; it can only be refused. Ask the bank for a correct one.',
        'decision',
      );
    await tx.query(
      `UPDATE received_files SET state = $2, decision = $3, decided_by = $4, decided_note = $5, lease_until = NULL WHERE id = $1`,
      [fileId, decision === 'reject' ? 'rejected' : 'importing', decision, request.actor.userId, note],
    );
    return { id: fileId };
  });
  if (decided.ok && decision === 'parse-anyway') await carryOn(house, fileId);
  return decided;
}

/** The file as the house sees it, after a decision. */
export const decidedFile = (house: House, id: string): Promise<ReceivedFile | undefined> => readReceivedFile(house, worker, id);
