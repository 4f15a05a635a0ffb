import { readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { report } from '../reporting.js';
import { StartProblem } from '../up/problem.js';

type Paper = { readonly ok: boolean; readonly status: number; readonly bytes: Buffer; readonly name: string };

/** Time, sums, files and faults of the simulator. */
export const status = (url: string | undefined): Promise<number> =>
  reported(async () => {
    const [health, book, files, faults] = await Promise.all(['health', 'book', 'files', 'faults'].map((path) => json(url, 'GET', path)));
    const { count, sumsFen } = book as { count: number; sumsFen: Record<string, string> };
    return JSON.stringify({ ...health, count, sumsFen, ...files, ...faults }, null, 2);
  });

/** Plans one fault; `settings` is the rest of it as JSON. */
export const fault = (url: string | undefined, kind: string, settings = '{}'): Promise<number> =>
  reported(async () => JSON.stringify(await json(url, 'POST', 'faults', { ...parsed(settings), kind }), null, 2));

export const heal = (url: string | undefined): Promise<number> => reported(async () => JSON.stringify(await json(url, 'DELETE', 'faults')));

/** Moves the bank's clock; what falls due on the way is carried out. */
export const advance = (url: string | undefined, hours: string): Promise<number> =>
  reported(async () => {
    const by = Number(hours);
    if (!(by > 0)) throw new StartProblem({ zh: `小时数须大于零：${hours}`, en: `hours must be more than zero: ${hours}` });
    const { offsetMs } = (await json(url, 'GET', 'clock')) as { offsetMs: number };
    return JSON.stringify(await json(url, 'PUT', 'clock', { offsetMs: offsetMs + Math.round(by * 3_600_000) }));
  });

/** Hands a payment file to the bank, as a cashier would in its portal. */
export const deliver = (url: string | undefined, path: string, debtor: Readonly<Record<string, string>>): Promise<number> =>
  reported(async () => {
    const query = new URLSearchParams({
      name: basename(path),
      debtor: debtor['debtor'] ?? '',
      debtorName: debtor['debtorName'] ?? '',
      debtorBank: debtor['debtorBank'] ?? '',
    });
    const answer = await ask(url, 'POST', `files?${query}`, await readFile(path));
    if (!answer.ok) throw refused(answer);
    return answer.bytes.toString('utf8');
  });

/** Writes every page of a day's statement. */
export const statement = (
  url: string | undefined,
  { account, day, to }: { readonly account: string; readonly day: string; readonly to: string },
): Promise<number> =>
  reported(async () => {
    const names: string[] = [];
    for (let page = 1; ; page += 1) {
      const answer = await ask(url, 'GET', `statements/${encodeURIComponent(account)}/${encodeURIComponent(day)}?page=${page}`);
      if (!answer.ok && page === 1) throw refused(answer);
      if (!answer.ok) return names.join('\n');
      names.push(await saved(answer, to));
      if (answer.bytes.includes('<LastPgInd>true')) return names.join('\n');
    }
  });

/** Writes the answer to a file: a return file for a list, pain.002 for everything else. */
export const answers = (url: string | undefined, { file, to }: { readonly file: string; readonly to: string }): Promise<number> =>
  reported(async () => {
    const answer = await ask(url, 'GET', `files/${encodeURIComponent(file)}/${/\.(csv|txt)$/.test(file) ? 'receipt' : 'status'}`);
    if (!answer.ok) throw refused(answer);
    return saved(answer, to);
  });

async function saved(paper: Paper, folder: string): Promise<string> {
  const path = join(folder, basename(paper.name));
  await writeFile(path, paper.bytes);
  return path;
}

async function reported(work: () => Promise<string>): Promise<number> {
  try {
    console.log(await work());
    return 0;
  } catch (error) {
    report(error);
    return 1;
  }
}

async function json(url: string | undefined, method: string, path: string, body?: unknown): Promise<Record<string, unknown>> {
  const answer = await ask(url, method, path, body === undefined ? undefined : Buffer.from(JSON.stringify(body)));
  if (!answer.ok) throw refused(answer);
  return JSON.parse(answer.bytes.toString('utf8')) as Record<string, unknown>;
}

async function ask(url: string | undefined, method: string, path: string, body?: Buffer): Promise<Paper> {
  const base = url ?? process.env['BANK_URL'];
  if (!base) throw new StartProblem({ zh: '请用 --url 或 BANK_URL 给出模拟银行地址', en: 'name the simulator with --url or BANK_URL' });
  const answer = await fetch(new URL(path, base.endsWith('/') ? base : `${base}/`), {
    method,
    ...(body === undefined ? {} : { body: new Uint8Array(body) }),
  });
  const name = /filename\*=UTF-8''([^;]+)/.exec(answer.headers.get('content-disposition') ?? '')?.[1] ?? 'answer';
  return { ok: answer.ok, status: answer.status, bytes: Buffer.from(await answer.arrayBuffer()), name: decodeURIComponent(name) };
}

function refused({ status: code, bytes }: Paper): StartProblem {
  const said = bytes.toString('utf8').slice(0, 500);
  return new StartProblem({ zh: `银行未受理（HTTP ${code}）：${said}`, en: `the bank refused (HTTP ${code}): ${said}` });
}

function parsed(settings: string): Record<string, unknown> {
  try {
    return JSON.parse(settings) as Record<string, unknown>;
  } catch {
    throw new StartProblem({ zh: `不是 JSON：${settings}`, en: `not JSON: ${settings}` });
  }
}
