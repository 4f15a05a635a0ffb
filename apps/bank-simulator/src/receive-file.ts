import { type Answer, problem } from './answers.js';
import type { Bank } from './bank.js';
import { dayOf } from './clock.js';
import { contentSha256 } from './content.js';
import type { FaultPlan } from './faults.js';
import { readIncoming } from './incoming-file.js';
import { bookOnce } from './payments.js';

/**
 * `POST /files`: takes a payment file once. The same file again changes nothing, another one under its name is refused; lines are booked one by
 * one, so that a bank that dies in the middle finds the rest when the file comes again.
 */
export function receiveFile(bank: Bank, faults: FaultPlan, bytes: Buffer, query: URLSearchParams): Answer {
  const read = readIncoming(bytes, {
    name: query.get('name') ?? '',
    debtor: { name: query.get('debtorName') ?? '', accountNo: query.get('debtor') ?? '', bankNo: query.get('debtorBank') ?? '' },
    today: dayOf(bank.clock.nowMs()),
  });
  if (!read.ok) return problem(422, read.code, read.text);
  const { contents, ...file } = read.file;
  if (file.fileId === '') return problem(422, 'FF01', 'a file needs a name');
  const known = bank.files.get(file.fileId);
  if (known !== undefined && known.sha256 !== file.sha256) return problem(409, 'DUPL', `another file ${file.fileId} was taken already`);
  const references = contents.map(({ endToEndId }) => endToEndId);
  if (new Set(references).size !== references.length) return problem(422, 'DUPL', 'a reference stands in the file twice');
  if (known === undefined) {
    for (const content of contents) {
      const earlier = bank.payments.get(content.endToEndId);
      if (earlier !== undefined && earlier.fileId !== undefined && earlier.fileId !== file.fileId)
        return problem(422, 'DUPL', `${content.endToEndId} came in another file`);
      bookOnce(
        bank,
        content,
        contentSha256(content),
        faults.strike('payment', content.endToEndId, content.creditor.accountNo),
        file.fileId,
      );
    }
    bank.keepFile({ ...file, references });
  }
  return { status: known === undefined ? 201 : 200, body: { ...file, lines: references.length, status: bank.statusOf(file.fileId) } };
}
