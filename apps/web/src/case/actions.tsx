import { Button, Modal } from 'antd';
import { useState } from 'react';
import { type AllowedEvent, EventForm } from '../event-form/event-form.js';
import { type Schema, typedOf } from '../event-form/schema.js';
import { useLanguage } from '../text/language.js';
import type { Case } from './case.js';
import { ImportDialog } from './import-dialog.js';

/** What only puts something right stands last and looks quiet. */
const quiet = /^(correction|decision|fact|notice\.withdrawn|case\.held|objection\.raised|application\.(withdrawn|rejected))/;

type Props = {
  readonly of: Case;
  readonly onDone?: (type: string) => void;
  /** what the page offers elsewhere, beside the thing it is about */
  readonly without?: readonly string[];
};

/** What this person may do with the case now: one button each, the form over the page. */
export function Actions({ of, onDone, without = [] }: Props) {
  const { say } = useLanguage();
  const [opened, setOpened] = useState<AllowedEvent | null>(null);
  // as it is offered now; what was opened stays open when it no longer is
  const chosen = of.allowedEvents.find(({ type }) => type === opened?.type) ?? opened;
  const offered = of.allowedEvents.filter(({ type }) => !without.includes(type));
  if (offered.length === 0)
    return <p className="soft">{say({ zh: '目前没有需要您办理的事项。', en: 'There is nothing for you to do now.' })}</p>;
  const sorted = [...offered].sort((a, b) => Number(quiet.test(a.type)) - Number(quiet.test(b.type)));
  const close = () => setOpened(null);
  const done = () => {
    if (chosen !== null) onDone?.(chosen.type);
    close();
  };
  return (
    <>
      <div className="actions">
        {sorted.map((event, index) => (
          <Button key={event.type} type={index === 0 && !quiet.test(event.type) ? 'primary' : 'default'} onClick={() => setOpened(event)}>
            {say(event.label)}
          </Button>
        ))}
      </div>
      <Modal
        open={chosen !== null}
        title={chosen === null ? '' : `${of.caseNo} · ${say(chosen.label)}`}
        onCancel={close}
        footer={null}
        width={680}
        destroyOnHidden
        mask={{ closable: false }}
      >
        {chosen !== null && chosen.missing.length > 0 && <Missing of={chosen} />}
        {chosen !== null &&
          (chosen.via === 'imports' ? (
            <ImportDialog caseId={of.id} type={chosen.type} onDone={done} />
          ) : (
            <EventForm of={of} event={chosen} onDone={done} onCancel={close} initial={initialOf(chosen, of)} />
          ))}
      </Modal>
    </>
  );
}

/** What this step waits for: it is refused until these are known. */
function Missing({ of }: { readonly of: AllowedEvent }) {
  const { say } = useLanguage();
  return (
    <p className="soft">
      {say({ zh: '缺少：', en: 'Missing: ' })}
      {of.missing.map(({ label, rules }) => `${say(label)}${clausesOf(rules)}`).join(say({ zh: '；', en: '; ' }))}
    </p>
  );
}

const clausesOf = (rules: AllowedEvent['missing'][number]['rules']): string => {
  const clauses = [...new Set(rules.map(({ cite }) => `${cite.doc} ${cite.clause}`))];
  return clauses.length === 0 ? '' : ` (${clauses.join(', ')})`;
};

/** Facts the case knows already stand in the form that records facts. */
function initialOf(event: AllowedEvent, of: Case): Record<string, unknown> {
  const asked = (event.dataSchema as Schema).properties?.['facts'];
  if (event.type !== 'facts.recorded' || asked === undefined) return {};
  const known = Object.keys(asked.properties ?? {}).filter((name) => name in of.facts);
  return known.length === 0 ? {} : { facts: typedOf(asked, Object.fromEntries(known.map((name) => [name, of.facts[name]]))) };
}
