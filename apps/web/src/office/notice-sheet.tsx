import { Money } from '../pieces/money.js';
import { useLanguage } from '../text/language.js';
import type { Text } from '../text/text.js';

type Props = {
  readonly caseNo: string;
  readonly title: Text;
  readonly version: string;
  readonly amounts: Readonly<Record<string, string | null>>;
  readonly labels?: Readonly<Record<string, Text>>;
};

/** A notice as it hangs out: the case by its number, the policy, the amounts that were fixed. */
export function NoticeSheet({ caseNo, title, version, amounts, labels = {} }: Props) {
  const { say } = useLanguage();
  const known = Object.entries(amounts).filter(([, fen]) => fen !== null);
  return (
    <div className="notice-sheet">
      <h3>{say({ zh: '补贴资金公示', en: 'Notice of a subsidy' })}</h3>
      <dl>
        <dt>{say({ zh: '案件编号', en: 'Case' })}</dt>
        <dd>{caseNo}</dd>
        <dt>{say({ zh: '政策', en: 'Policy' })}</dt>
        <dd>
          {say(title)} <span className="soft">{version}</span>
        </dd>
        {known.map(([name, fen]) => (
          <NoticeAmount key={name} label={say(labels[name] ?? { zh: name, en: name })} fen={fen} />
        ))}
      </dl>
    </div>
  );
}

function NoticeAmount({ label, fen }: { readonly label: string; readonly fen: string | null }) {
  return (
    <>
      <dt>{label}</dt>
      <dd>
        <Money fen={fen} />
      </dd>
    </>
  );
}
