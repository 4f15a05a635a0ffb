// What must be true after a month-end, asked of three books: ours, the bank's, its statements. Throws where they differ.

import { checkSchema } from '@tranche/bank';

export async function proof({ superuser, bank }, { nightly, ...expected }) {
  const one = async (sql) => (await superuser.query(sql)).rows[0];
  const ours = await one(
    `SELECT count(DISTINCT disbursement_id)::int AS payments, count(*) FILTER (WHERE state = 'settled')::int AS settled, count(*) FILTER (WHERE state = 'returned')::int AS returned,
       coalesce(sum(amount_fen) FILTER (WHERE state = 'settled'), 0)::text AS "settledFen", coalesce(sum(amount_fen) FILTER (WHERE state = 'returned'), 0)::text AS "returnedFen",
       count(*) FILTER (WHERE state NOT IN ('settled', 'returned', 'cancelled'))::int AS open, sum(amount_fen)::text AS "orderedFen" FROM transfers`,
  );
  const statements = await one(
    `SELECT coalesce(sum(amount_fen) FILTER (WHERE direction = 'debit'), 0)::text AS "debitFen", coalesce(sum(amount_fen) FILTER (WHERE direction = 'credit'), 0)::text AS "creditFen",
       count(*)::int AS lines, (SELECT count(*)::int FROM matches) AS matched, (SELECT count(*)::int FROM receipt_worklist) AS worklist FROM statement_lines`,
  );
  const owed = await one(
    `SELECT count(*)::int AS again, coalesce(sum(amount_fen), 0)::text AS fen FROM disbursements WHERE state = 'requested' AND batch_id IS NULL`,
  );
  const { rows: accounts } = await superuser.query(
    `SELECT a.book, a.code, sum(e.amount_fen)::text AS fen FROM accounts a JOIN entries e ON e.account_id = a.id GROUP BY a.book, a.code ORDER BY a.book, a.code`,
  );
  const { sumsFen } = await bank.book();
  const inFiles = await readFiles(expected.files);
  const signed = await one(
    `SELECT count(*)::int AS lines, coalesce(sum(t.amount_fen), 0)::text AS fen FROM transfers t JOIN batches b ON b.id = t.batch_id WHERE b.rail = 'file'`,
  );
  const sum = (book) => accounts.filter((each) => each.book === book).reduce((total, { fen }) => total + BigInt(fen), 0n);
  const fenOf = (code) => accounts.find((each) => each.code === code)?.fen ?? '0';
  const claims = [
    ['settled by our book and the bank’s', ours.settledFen, sumsFen.settled],
    ['returned by our book and the bank’s', ours.returnedFen, sumsFen.returned],
    ['debits of the statements and what ever settled', statements.debitFen, String(BigInt(ours.settledFen) + BigInt(ours.returnedFen))],
    ['credits of the statements and what came back', statements.creditFen, ours.returnedFen],
    ['ordered, and settled plus returned', ours.orderedFen, String(BigInt(ours.settledFen) + BigInt(ours.returnedFen))],
    ['owed again, and what came back', owed.fen, ours.returnedFen],
    ['returns', ours.returned, expected.returned],
    ['lines of the statements, and matched', statements.lines, statements.matched],
    ['left without an answer', ours.open, 0],
    ['on the worklist', statements.worklist, 0],
    ['cash in transit (1002)', fenOf('1002'), '0'],
    ...[...new Set(accounts.map(({ book }) => book))].map((book) => [`sum of the ${book} book`, String(sum(book)), '0']),
    ['faults of exported files by their schema', inFiles.faults, 0],
    ['lines of pain.001 files, and signed', inFiles.lines, signed.lines],
    ['their amounts added up again, and signed', inFiles.fen, signed.fen],
    ['what their heads say, and signed', inFiles.said, signed.fen],
    ['findings of the nightly proof', nightly?.findingsTotal, 0],
  ];
  const wrong = claims.filter(([, left, right]) => String(left) !== String(right));
  if (wrong.length > 0) {
    const { rows } = await superuser.query('SELECT code, count(*)::int AS n, min(detail::text) AS one FROM receipt_worklist GROUP BY code');
    throw new Error(`the books differ: ${JSON.stringify({ wrong, worklist: rows })}`);
  }
  return { payments: ours.payments, unanswered: expected.unanswered, postings: nightly.figures.postings, claims };
}

/** The pain.001 files that left, each held to its schema and added up apart from the code that wrote it. 代发 lists were counted again by the bank. */
async function readFiles(files) {
  let [faults, lines, fen, said] = [0, 0, 0n, 0n];
  for (const { fileName, content } of files.filter((file) => file.fileName.includes('pain.001'))) {
    faults += (await checkSchema(/pain\.001\.001\.\d\d/.exec(fileName)[0], content)).length;
    const text = Buffer.from(content).toString('utf8');
    const amounts = [...text.matchAll(/<InstdAmt Ccy="CNY">(\d+)\.(\d\d)<\/InstdAmt>/g)];
    lines += amounts.length;
    for (const [, yuan, cents] of amounts) fen += BigInt(yuan + cents);
    const [, yuan, cents] = /<CtrlSum>(\d+)\.(\d\d)<\/CtrlSum>/.exec(text);
    said += BigInt(yuan + cents);
  }
  return { faults, lines, fen, said };
}
