import { Popover } from 'antd';
import type { Schemas } from '../api/client.js';
import { useLanguage } from '../text/language.js';
import type { Text } from '../text/text.js';

export type Cite = Schemas['Cite'];

const bases: Readonly<Record<Cite['basis'], Text>> = {
  stated: { zh: '文件载明', en: 'stated by the document' },
  inferred: { zh: '由文件推知', en: 'inferred from the document' },
  open: { zh: '文件未规定，内部设定', en: 'left open by the document; set by the office' },
  external: { zh: '其他规定', en: 'another provision' },
};

/** `〔2020〕391号` of a long title, or its first words. */
const shortDoc = (doc: string): string => /〔\d{4}〕\d+号/.exec(doc)?.[0] ?? doc.slice(0, 16);

/** The clause something follows; opened, its words and how far they go. What the document leaves open is never shown as said by it. */
export function Clause({ cite }: { readonly cite: Cite | null | undefined }) {
  const { say } = useLanguage();
  if (cite === null || cite === undefined) return <span className="soft">—</span>;
  const open = cite.basis === 'open';
  return (
    <Popover
      trigger={['click', 'hover']}
      content={
        <div className="clause-words">
          <p>
            <strong>{cite.doc}</strong> {cite.clause}
          </p>
          {cite.quote !== undefined && <blockquote lang="zh-CN">{cite.quote}</blockquote>}
          <p className="soft">
            {say(bases[cite.basis])}
            {cite.note === undefined ? '' : `：${say(cite.note)}`}
          </p>
        </div>
      }
    >
      <button type="button" className="clause">
        {open ? `${say({ zh: '内部设定', en: 'office rule' })} · ` : ''}
        {shortDoc(cite.doc)} {cite.clause}
      </button>
    </Popover>
  );
}
