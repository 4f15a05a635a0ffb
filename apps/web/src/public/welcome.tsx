import { Link } from 'react-router';
import { useLanguage } from '../text/language.js';
import './public.css';

const doors = [
  {
    to: '/finder',
    title: { zh: '查一查我能享受哪些补贴', en: 'Which subsidies are for me?' },
    says: {
      zh: '回答几个问题，看哪些符合、还差什么、去哪里办、多久办结。',
      en: 'Answer a few questions: what applies, what is missing, where to go, how long it takes.',
    },
  },
  {
    to: '/policies',
    title: { zh: '公开政策', en: 'Published policies' },
    says: { zh: '条件、金额、分期与时限，逐条注明出处。', en: 'Conditions, amounts, stages and limits, clause by clause.' },
  },
  {
    to: '/notices',
    title: { zh: '公示与异议', en: 'Notices and objections' },
    says: { zh: '公示期内任何人都可提出异议；有异议，款项先不拨。', en: 'Anybody may object while a notice runs; the payment then waits.' },
  },
  {
    to: '/promises',
    title: { zh: '按期拨付公开榜', en: 'Promises kept' },
    says: { zh: '各地各项补贴有多少按法定时限到账。', en: 'What share of payments came in time, by district and policy.' },
  },
] as const;

/** The first page: where one goes from here. */
export function Welcome() {
  const { say } = useLanguage();
  return (
    <>
      <section className="panel">
        <h1>{say({ zh: '就业补助，按期拨付', en: 'Employment subsidies, paid in stages' })}</h1>
        <p>
          {say({
            zh: '每一期拨多少、依据哪一条、最迟哪天到账，公开可查。',
            en: 'How much each stage pays, under which clause and by which day is public.',
          })}
        </p>
      </section>
      <ul className="cards doors">
        {doors.map(({ to, title, says }) => (
          <li key={to} className="card">
            <h2>
              <Link to={to}>{say(title)}</Link>
            </h2>
            <p className="soft">{say(says)}</p>
          </li>
        ))}
      </ul>
    </>
  );
}
