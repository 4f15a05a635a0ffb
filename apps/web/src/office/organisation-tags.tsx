import { StateTag } from '../pieces/state-tag.js';
import { type Organisation, proposals, statuses } from './organisation.js';

/** Whether it may be paid, what is proposed about that, and whether an institution is in the catalogue of providers. */
export function OrganisationTags({ of: { status, proposedStatus, kind, approvedProvider } }: { readonly of: Organisation }) {
  const [tone, label] = statuses[status];
  return (
    <span className="actions">
      <StateTag tone={tone} label={label} />
      {proposedStatus !== null && <StateTag tone="warn" label={proposals[proposedStatus]} />}
      {kind === 'institution' && (
        <StateTag
          tone={approvedProvider ? 'good' : 'warn'}
          label={approvedProvider ? { zh: '已列入目录', en: 'in the catalogue' } : { zh: '未列入目录', en: 'not in the catalogue' }}
        />
      )}
    </span>
  );
}
