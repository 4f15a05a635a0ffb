import { Skeleton } from 'antd';
import { asRefused } from '../api/problem.js';
import { Clause } from '../pieces/clause.js';
import { ProblemAlert } from '../pieces/problem-alert.js';
import { useLanguage } from '../text/language.js';
import type { Text } from '../text/text.js';
import type { Case } from './case.js';
import { type Region, useMachine } from './machine.js';

/** The machine drawn region by region: every state in its order, the present one marked, and what can lead on from it and why. */
export function WhereItStands({ of }: { readonly of: Case }) {
  const { say, language } = useLanguage();
  const { data: machine, error, refetch } = useMachine(of.policy);
  if (error !== null) return <ProblemAlert refused={asRefused(error)} again={() => void refetch()} />;
  if (machine === undefined) return <Skeleton active />;
  const { id, version, jurisdiction } = of.policy;
  const whole = `/api/v1/policies/${id}/versions/${version}/diagram?jurisdiction=${jurisdiction}&lang=${language}`;
  const told = new Set(of.allowedEvents.map(({ type }) => type));
  return (
    <div className="lanes">
      {machine.regions.map((region) => (
        <Lane key={region.id} region={region} state={of.regions[region.id]?.state} mine={told} />
      ))}
      <p>
        <a href={whole} target="_blank" rel="noreferrer">
          {say({ zh: '打开完整流程图（每一步附依据）', en: 'Open the whole diagram, every arrow with its clause' })}
        </a>
      </p>
    </div>
  );
}

type Step = {
  readonly key: string;
  readonly label: Text;
  readonly to: Text | null;
  readonly why: Text;
  readonly mine: boolean;
  readonly cite: Region['arrows'][number]['cite'];
};

/** One line for each event and goal: several conditions may lead the same way. */
function stepsOf(region: Region, state: string, mine: ReadonlySet<string>): Step[] {
  const steps = new Map<string, Step>();
  for (const { event, from, to, label, why, cite } of region.arrows) {
    if (from !== state || to === null || to === state) continue;
    const key = `${event} ${to}`;
    if (steps.has(key)) continue;
    const goal = region.states.find(({ id }) => id === to)?.label ?? null;
    const happening = label ?? (event === null ? { zh: '条件满足时自动', en: 'by itself, once it holds' } : { zh: event, en: event });
    steps.set(key, { key, label: happening, to: goal, why, cite, mine: event !== null && mine.has(event) });
  }
  return [...steps.values()];
}

function Lane({
  region,
  state,
  mine,
}: {
  readonly region: Region;
  readonly state: string | undefined;
  readonly mine: ReadonlySet<string>;
}) {
  const { say } = useLanguage();
  const steps = state === undefined ? [] : stepsOf(region, state, mine);
  const goals = new Set(region.arrows.filter(({ from, to }) => from === state && to !== null).map(({ to }) => to));
  return (
    <section className="lane" aria-label={say(region.label)}>
      <h3>{say(region.label)}</h3>
      <ol className="states">
        {region.states.map(({ id, label }) => (
          <li
            key={id}
            className={id === state ? 'state here' : goals.has(id) ? 'state near' : 'state'}
            aria-current={id === state ? 'step' : undefined}
          >
            {say(label)}
            {id === state && <span className="here-word">{say({ zh: '当前', en: 'now' })}</span>}
          </li>
        ))}
      </ol>
      {steps.length > 0 && (
        <details>
          <summary>{say({ zh: '接下来可能（{count}）', en: 'What can follow ({count})' }, { count: steps.length })}</summary>
          <ul className="steps">
            {steps.map((step) => (
              <li key={step.key}>
                <strong>{say(step.label)}</strong>
                {step.mine && <span className="mine">{say({ zh: '我可办理', en: 'mine' })}</span>} → {step.to === null ? '' : say(step.to)}
                <span className="soft"> {say(step.why)}</span> {step.cite !== null && <Clause cite={step.cite} />}
              </li>
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}
