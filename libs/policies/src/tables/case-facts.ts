import { text } from '../documents/document.js';
import type { Fact } from '../policy.js';

/** Facts the case itself supplies when it is opened: nobody types them. A policy that needs one takes it from here. */
export const caseFacts = {
  /** one of `payeeKinds` */
  payeeKind: { type: 'string', label: text('申报单位类别', 'kind of applicant'), from: 'case' },
  /** token of the organisation or person that is paid, the same in every case of theirs */
  payeeKey: { type: 'person', label: text('收款方代码', 'token of the payee'), from: 'case' },
} as const satisfies Record<string, Fact>;
