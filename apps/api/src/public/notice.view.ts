import { policies } from '@tranche/policies';
import { z } from 'zod';
import { date, fen, json, text, uuid } from '../fields/fields.js';

/** What everybody may read of a notice: which case and policy, what is to be paid, until when one may object. No person is named. */
export const notice = z
  .object({
    id: uuid,
    publicNo: z.string(),
    caseId: uuid,
    noticeNo: z.int(),
    postedOn: date,
    /** the last day on which objections are taken; null: that year's calendar is not out */
    endsOn: date.nullable(),
    workingDays: z.int(),
    state: z.enum(['posted', 'clear']),
    caseNo: z.string(),
    policy: z.object({ id: z.string(), version: z.string(), title: text }),
    amounts: z.array(z.object({ id: z.string(), label: text, fen })),
    content: json,
  })
  .meta({ id: 'PublicNotice' });
export type NoticeView = z.infer<typeof notice>;

type Content = {
  readonly caseNo: string;
  readonly policy: string;
  readonly policyVersion: string;
  readonly amounts: Readonly<Record<string, string | null>>;
};
export type NoticeRow = Omit<NoticeView, 'caseNo' | 'policy' | 'amounts'>;

export const noticeColumns = `id, public_no AS "publicNo", case_id AS "caseId", notice_no AS "noticeNo", posted_on AS "postedOn", ends_on AS "endsOn", working_days AS "workingDays", state, content`;

/** The words come from the version of the policy the case follows; amounts not known when it was posted are left out. */
export function noticeView(row: NoticeRow): NoticeView {
  const { caseNo, policy: id, policyVersion: version, amounts } = row.content as Content;
  const policy = policies().find((each) => each.id === id && each.version === version);
  return {
    ...row,
    caseNo,
    policy: { id, version, title: policy?.title ?? { zh: id, en: id } },
    amounts: Object.entries(amounts).flatMap(([name, known]) =>
      known === null ? [] : [{ id: name, label: policy?.amounts[name]?.label ?? { zh: name, en: name }, fen: known }],
    ),
  };
}
