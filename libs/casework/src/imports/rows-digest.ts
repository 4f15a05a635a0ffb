import { createHash } from 'node:crypto';
import type { Session } from './attendance.js';
import type { SealedTrainee } from './roster-store.js';

/** SHA-256 (hex) of lines put one under the other: the event that an import tells carries it, so that its rows cannot be changed unseen. */
const digestOf = (lines: readonly string[]): string => createHash('sha256').update(lines.join('\n')).digest('hex');

/** Of a roster as it is stored, in the order of its rows; people by their blind index, names and numbers as masked. */
export const rosterDigest = (people: readonly SealedTrainee[]): string =>
  digestOf(
    people
      .toSorted((a, b) => a.row - b.row)
      .map(({ row, personKey, occupation, level, nameMasked, idMasked }) =>
        [row, personKey.toString('hex'), occupation, level, nameMasked, idMasked].join('|'),
      ),
  );

/** Of all sessions of a class as they stand after an attendance list. */
export const attendanceDigest = (sessions: readonly Session[]): string =>
  digestOf(
    sessions
      .toSorted((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : a.session - b.session))
      .map(({ day, session, classHours, present }) => [day, session, classHours, present].join('|')),
  );

/** Of the results of one inspection, in the order of the trainees' ids. */
export const resultsDigest = (results: readonly { readonly traineeId: string; readonly qualified: boolean }[]): string =>
  digestOf(results.toSorted((a, b) => (a.traineeId < b.traineeId ? -1 : 1)).map(({ traineeId, qualified }) => `${traineeId}|${qualified}`));
