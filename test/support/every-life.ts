import type { Policy } from '@tranche/policies';
import { extractFile } from './extract-file.js';
import { done, waitFor } from './http-client.js';
import { HttpLife, type LifeView, provide, type Stage } from './http-life.js';
import type { WhichLife, WhichRefusal } from './which-lives.js';

/** A case that was paid and closed; and as it was when everything had come back, where it was undone. */
export type Lived = { readonly closed: LifeView; readonly repaid: LifeView | null };
/** What was said against a case, rule by rule, and where it ended. */
export type Refused = { readonly grounds: readonly { readonly rule: string; readonly message: string }[]; readonly end: string };

type Problem = { readonly field: string; readonly message: string };
type RunList = { readonly state: string; readonly contentHash: string };
type Ground = { readonly id: string; readonly cite: { readonly doc: string; readonly clause: string } };
type RunLine = { readonly caseId: string | null; readonly outcome: string; readonly reason: { readonly rules: readonly Ground[] } | null };

export const nameOf = ({ id, jurisdiction, version }: Policy): string => `${id} ${jurisdiction} ${version}`;

/** Firms are screened from an extract of the registers; a person’s case is opened by the office. */
export const screened = ({ policy: { plan, payee } }: WhichLife): boolean => plan.entry === 'noApplication' && payee.includes('enterprise');

/** A payee that a policy may pay once only is somebody else each time. */
const payeeName = ({ policy }: WhichLife, of: string): string =>
  JSON.stringify(policy.exclusions).includes('payeeKey') ? `${of} ${nameOf(policy)}` : 'anybody';

/** A draft on its day, by an own payee where the policy pays nobody twice. */
export async function opened(stage: Stage, which: WhichLife, of: string, numberOf?: (token: string) => string): Promise<HttpLife> {
  await stage.together.until(which.day);
  return HttpLife.open(stage, which, payeeName(which, of), numberOf);
}

/** From the application to closed; undone afterwards, everything comes back. */
export async function livePaid(stage: Stage, which: WhichLife, undone: boolean, numberOf?: (token: string) => string): Promise<Lived> {
  const life = await opened(stage, which, 'paid', numberOf);
  done('approval', await life.intake());
  if (life.claims) done('claim', await life.claim());
  return ended(life, undone);
}

async function ended(life: HttpLife, undone: boolean): Promise<Lived> {
  const closed = await life.finish();
  if (!undone) return { closed, repaid: null };
  await life.undo();
  return { closed, repaid: await life.repay() };
}

/** The rules say no where they are asked: at the approval, or when the period is claimed. */
export async function liveRefused(stage: Stage, which: WhichRefusal): Promise<Refused> {
  const life = await opened(stage, which, 'refused');
  const approval = await life.intake();
  if (which.period) done('approval', approval);
  const { status, body } = which.period ? await life.claim() : approval;
  if (status !== 409) throw new Error(`not refused: ${status} ${body['code']}`);
  if (which.period) await life.finish();
  else await life.say('application.rejected', { reason: '不符合条件' }, 'approver');
  const { standing } = await life.view();
  return { grounds: (body['errors'] as Problem[]).map(({ field, message }) => ({ rule: field, message })), end: standing };
}

/** One firm that is paid and one that is not, screened from one extract; a second person checks the list, a third approves it. */
export async function screen(
  stage: Stage,
  which: WhichLife,
  { refusal, undone, from }: { refusal: WhichRefusal | undefined; undone: boolean; from: number },
): Promise<{ lived: Lived; refused: Refused | null }> {
  await stage.together.until(which.day);
  const { policy, example } = which;
  const { client } = stage.house;
  await provide(stage, which);
  const form = new FormData();
  form.append('policyId', policy.id);
  form.append('jurisdiction', policy.jurisdiction);
  const firms = [example.facts, ...(refusal ? [refusal.example.facts] : [])];
  form.append('source', new Blob([extractFile(policy, firms, from)]), 'extract.csv');
  const { id } = done('run', await client.ask<{ id: string }>('POST', 'no-application-runs', { as: 'officer', raw: form }));
  const listIn = (state: string) => async () => {
    const { lists } = await client.get<{ lists: RunList[] }>('officer', `no-application-runs/${id}`);
    return lists.find((list) => list.state === state);
  };
  const { contentHash } = await waitFor('the screening', listIn('open'));
  await client.post('reviewer', `no-application-runs/${id}/confirm`, { contentHash });
  await client.post('approver', `no-application-runs/${id}/approve`, { contentHash });
  await waitFor('the case', listIn('opened'));
  const { items } = await client.get<{ items: RunLine[] }>('officer', `no-application-runs/${id}/lines`);
  const [included, excluded] = [items.find(({ caseId }) => caseId !== null), items.find(({ outcome }) => outcome === 'excluded')];
  const lived = await ended(HttpLife.known(stage, which, included?.caseId ?? ''), undone);
  return { lived, refused: excluded ? { grounds: (excluded.reason?.rules ?? []).map(groundOf), end: 'excluded' } : null };
}

const groundOf = ({ id, cite }: Ground) => ({ rule: `rules.${id}`, message: `${cite.doc} ${cite.clause}` });
