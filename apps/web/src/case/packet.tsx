import { Button, Space } from 'antd';
import { useSession } from '../session/session.js';
import { useLanguage } from '../text/language.js';
import type { Case } from './case.js';

const mayHave: ReadonlySet<string> = new Set(['institution', 'enterprise', 'citizen', 'supervisor', 'auditor']);

/** Everything the payments of the case stood on, to be read, and as the file that is checked without us. */
export function Packet({ of: { id, caseNo } }: { readonly of: Pick<Case, 'id' | 'caseNo'> }) {
  const { say } = useLanguage();
  const { data: person } = useSession();
  if (!mayHave.has(person?.role ?? '')) return null;
  const at = `/api/v1/cases/${id}/packet`;
  return (
    <Space.Compact className="page-head-end">
      <Button href={`${at}.html`} target="_blank" rel="noreferrer">
        {say({ zh: '审计包', en: 'Audit packet' })}
      </Button>
      <Button
        href={at}
        download={`packet-${caseNo}.json`}
        title={say({ zh: '可用 tranche packet verify 离线核对', en: 'Checked offline by tranche packet verify' })}
      >
        {say({ zh: '下载', en: 'Download' })}
      </Button>
    </Space.Compact>
  );
}
