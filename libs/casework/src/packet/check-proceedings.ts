import { calendarOfYears, stateCouncilYears } from '@tranche/calendar';
import type { CaseBundle } from '../audit/case-rows.js';
import { sameJson } from '../audit/exact-json.js';
import type { RetoldStep } from '../audit/retell.js';
import { deadlineEnd } from '../deadline-end.js';
import type { Packet } from './packet.js';
import { type PacketFinding, packetFinding } from './packet-finding.js';
import { wasMigrated } from './story.js';
import type { PacketDeadline, PacketNotice, PacketObjection } from './witness-rows.js';

/** The published working days this release knows; a limit in a later year is taken as it stands. */
const calendar = calendarOfYears(stateCouncilYears);

/** Notices, objections, clocks and files against what the events did. */
export function checkProceedings(packet: Packet, bundle: CaseBundle, steps: readonly RetoldStep[] | null): PacketFinding[] {
  const files = checkFiles(packet, bundle);
  // two machines carried out the events of a moved case; what the first did is not rebuilt from the second
  if (steps === null || wasMigrated(bundle)) return files;
  const { notices, objections, deadlines } = packet.witnesses;
  const must = proceedingsOf(bundle.row.caseNo, steps, deadlines);
  return [
    ...files,
    ...unlike(
      '公示',
      'notice',
      notices.map(({ contentSha256: _, ...each }) => each),
      must.notices,
      ({ no }) => String(no),
    ),
    ...unlike('异议', 'objection', objections, must.objections, ({ id }) => id),
    ...unlike('时限', 'deadline', deadlines, must.deadlines, ({ key, setSeq }) => `${key}@${setSeq}`),
  ];
}

function unlike<T>(zh: string, en: string, stored: readonly T[], must: readonly T[], idOf: (each: T) => string): PacketFinding[] {
  const expected = new Map(must.map((each) => [idOf(each), each]));
  const wrong = stored.flatMap((each) => {
    const id = idOf(each);
    const known = expected.get(id);
    expected.delete(id);
    return known !== undefined && sameJson(known, each) ? [] : [id];
  });
  return [...wrong, ...expected.keys()].map((id) =>
    packetFinding('proceeding-differs', `${zh} ${id} 与事件不符`, `${en} ${id} is not what the events say`),
  );
}

type Notice = Omit<PacketNotice, 'contentSha256'>;
type Open<T> = { -readonly [K in keyof T]: T[K] };
type Proceedings = { notices: Open<Notice>[]; objections: Open<PacketObjection>[]; deadlines: Open<PacketDeadline>[] };

/** What the events made of notices, objections and clocks. The stored clocks are read only for ends no published calendar gives. */
function proceedingsOf(caseNo: string, steps: readonly RetoldStep[], stored: readonly PacketDeadline[]): Proceedings {
  const all: Proceedings = { notices: [], objections: [], deadlines: [] };
  const live = new Map<string, Open<PacketDeadline>>();
  for (const step of steps) {
    const { event, effects, seq } = step;
    // a notice is posted with its end, so it comes after the clock that says when it ends
    const inOrder = [...effects].sort((a, b) => Number(a.kind === 'postNotice') - Number(b.kind === 'postNotice'));
    for (const effect of inOrder) {
      const data = event.data as { readonly decision?: string };
      switch (effect.kind) {
        case 'setDeadline': {
          const { key, label, from, count, unit, deadline: kind, cite, paused = null } = effect;
          const row = { key, label, kind, from, count, unit, status: 'running', endedOn: null, cite, setSeq: seq, paused };
          const made = {
            ...row,
            ...endOf(
              row,
              stored.find((each) => each.key === key && each.setSeq === seq),
            ),
          };
          all.deadlines.push(made);
          live.set(key, made);
          break;
        }
        case 'meetDeadline': {
          const clock = live.get(effect.key);
          const late = clock !== undefined && clock.lastDay !== null && effect.on > clock.lastDay;
          end(live, effect.key, late ? 'confirmed' : clock?.status === 'suspected' ? 'cleared' : 'met', effect.on);
          break;
        }
        case 'cancelDeadline':
          end(live, effect.key, 'cancelled', event.on);
          break;
        case 'suspectBreach':
          end(live, effect.key, 'suspected', null);
          break;
        case 'postNotice': {
          const endsOn = live.get(`notice:${effect.notice}`)?.lastDay ?? null;
          const publicNo = `${caseNo}-G${effect.notice}`;
          all.notices.push({ no: effect.notice, publicNo, postedOn: effect.from, endsOn, state: 'posted', closedOn: null });
          break;
        }
        case 'closeNotice':
          Object.assign(all.notices.find(({ no }) => no === effect.notice) ?? {}, { state: effect.outcome, closedOn: event.on });
          break;
        case 'recordObjection':
          all.objections.push({
            id: effect.objection,
            noticeNo: effect.notice,
            receiptNo: `${caseNo}-Y${seq}`,
            raisedOn: event.on,
            state: 'open',
            decision: null,
            decidedOn: null,
          });
          break;
        case 'decideObjection': {
          const decided = { state: effect.upheld ? 'upheld' : 'rejected', decision: data.decision ?? null, decidedOn: event.on };
          Object.assign(all.objections.find(({ id }) => id === effect.objection) ?? {}, decided);
          break;
        }
        default:
      }
    }
    endPassed(step, live);
  }
  return all;
}

/** The last day by the published calendar; in a year this release does not know, and where a swept clock was left, the stored one stands. */
function endOf(
  { from, count, unit, paused }: Pick<PacketDeadline, 'from' | 'count' | 'paused'> & { unit: Parameters<typeof deadlineEnd>[3] },
  stored: PacketDeadline | undefined,
): Pick<PacketDeadline, 'lastDay' | 'provisional'> {
  const { last_day: lastDay, provisional } = deadlineEnd(calendar, from, count, unit, paused);
  return provisional && stored ? { lastDay: stored.lastDay, provisional: stored.provisional } : { lastDay, provisional };
}

function end(live: Map<string, Open<PacketDeadline>>, key: string, status: string, endedOn: string | null): void {
  const clock = live.get(key);
  if (!clock) return;
  Object.assign(clock, { status, endedOn });
  if (status !== 'suspected') live.delete(key);
}

/** A day that has passed without being a suspected breach is simply over. */
function endPassed({ event }: RetoldStep, live: Map<string, Open<PacketDeadline>>): void {
  if (event.type !== 'deadline.passed') return;
  const key = String((event.data as { readonly key?: unknown }).key);
  const clock = live.get(key);
  if (clock?.status === 'running') end(live, key, 'passed', clock.lastDay);
}

/** A file of the case whose hash an event names; others were only kept beside it. */
function checkFiles({ witnesses: { evidence } }: Packet, { events }: CaseBundle): PacketFinding[] {
  const told = events.map(({ data }) => data).join('\n');
  return evidence
    .filter(({ kind, sha256 }) => kind !== 'other' && !told.includes(sha256))
    .map(({ fileName }) =>
      packetFinding('proceeding-differs', `材料 ${fileName} 的哈希不在任何事件中`, `no event names the hash of ${fileName}`),
    );
}
