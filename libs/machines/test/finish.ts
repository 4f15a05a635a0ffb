import { allowedEvents } from '../src/index.js';
import { type Story, yuan } from './story.js';

/** Brings a case to its end with good will and nothing but allowed events; false when it gets stuck. */
export function finish(story: Story): boolean {
  story.world = { assessed: yuan(200_000) };
  for (let turn = 0; turn < 60 && story.view.standing !== 'closed'; turn += 1) if (!takeOneStep(story)) return false;
  return story.view.standing === 'closed';
}

function takeOneStep(story: Story): boolean {
  const { view } = story;
  const allowed = new Set(allowedEvents(story.machine, story.snapshot));
  const inState = (state: string) => view.tranches.find((tranche) => tranche.state === state)?.id;
  const tries: readonly [boolean, string, Record<string, unknown>][] = [
    [view.standing === 'held', 'case.released', {}],
    [view.objections.length > 0, 'objection.rejected', { objection: view.objections[0], decision: 'd' }],
    [view.recovery !== null, 'recovery.received', { amountFen: view.recovery?.outstandingFen, reference: 'r' }],
    [view.notice !== null, 'deadline.passed', { key: `notice:${view.notice?.no}` }],
    ...['delivery.resumed', 'application.submitted', 'application.accepted', 'application.reviewed', 'application.approved'].map(
      (type): [boolean, string, Record<string, unknown>] => [true, type, {}],
    ),
    ...['milestone.started', 'milestone.halfway', 'milestone.ended', 'acceptance.passed', 'results.imported', 'notice.posted'].map(
      (type): [boolean, string, Record<string, unknown>] => [
        view.regions['delivery']?.state !== 'ended' || type !== 'results.imported',
        type,
        {},
      ],
    ),
  ];
  const [due, requested, sent] = ['due', 'requested', 'sent'].map(inState);
  if (view.standing !== 'held') {
    if (sent) return Boolean(story.settle(sent));
    if (requested) return Boolean(story.submit(requested));
    if (due) return Boolean(story.request(due, fundOf(story, due)));
  }
  const found = tries.find(([wanted, type]) => wanted && allowed.has(type));
  return found !== undefined && story.tell(found[1], found[2], { by: 'good-will' }).ok;
}

const fundOf = (story: Story, payment: string): string =>
  (story.snapshot.context['payments'] as Record<string, { fund: string | null }>)[payment]?.fund ?? 'fund-1';
