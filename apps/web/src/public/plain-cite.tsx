import type { Schemas } from '../api/client.js';
import { useLanguage } from '../text/language.js';
import type { Text } from '../text/text.js';

export type Cite = Schemas['Cite'];

export const bases: Readonly<Record<Cite['basis'], Text>> = {
  stated: { zh: '文件载明', en: 'stated by the document' },
  inferred: { zh: '由文件推知', en: 'inferred from the document' },
  open: { zh: '文件未规定，内部设定', en: 'left open by the document; set by the office' },
  external: { zh: '其他规定', en: 'another provision' },
};

/** A clause that opens in place: no component library is loaded on public pages. */
export function PlainCite({ cite }: { readonly cite: Cite | null | undefined }) {
  const { say } = useLanguage();
  if (cite === null || cite === undefined) return null;
  return (
    <details className="plain-cite">
      <summary>
        {cite.basis === 'open' ? say({ zh: '内部设定', en: 'office rule' }) : say({ zh: '依据', en: 'Source' })} {cite.clause}
      </summary>
      <p>
        <strong lang="zh-CN">{cite.doc}</strong> {cite.clause} · {say(bases[cite.basis])}
      </p>
      {cite.quote !== undefined && <blockquote lang="zh-CN">{cite.quote}</blockquote>}
      {cite.note !== undefined && <p>{say(cite.note)}</p>}
    </details>
  );
}
