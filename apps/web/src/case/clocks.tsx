import { type Deadline, DeadlineLine } from '../pieces/deadline.js';
import { useLanguage } from '../text/language.js';

const open = new Set(['running', 'suspected', 'confirmed', 'passed']);

/** The clocks that run or were missed first; what is over below. */
export function Clocks({ deadlines }: { readonly deadlines: readonly Deadline[] }) {
  const { say } = useLanguage();
  if (deadlines.length === 0) return <p className="soft">{say({ zh: '尚未开始计时。', en: 'No clock is running yet.' })}</p>;
  const sorted = [...deadlines].sort(
    (a, b) => Number(open.has(b.status)) - Number(open.has(a.status)) || (a.dueAt ?? '').localeCompare(b.dueAt ?? ''),
  );
  return (
    <ul className="clocks">
      {sorted.map((deadline) => (
        <li key={deadline.id}>
          <div>
            <strong>{say(deadline.label)}</strong>{' '}
            <span className="soft">
              {say(deadline.kind === 'statutory' ? { zh: '法定', en: 'statutory' } : { zh: '内部', en: 'internal' })}
            </span>
          </div>
          <DeadlineLine deadline={deadline} />
        </li>
      ))}
    </ul>
  );
}
