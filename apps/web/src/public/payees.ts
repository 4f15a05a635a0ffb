import type { Text } from '../text/text.js';

/** Who may be paid, in the words of an applicant. */
export const payeeLabels: Readonly<Record<string, Text>> = {
  citizen: { zh: '个人', en: 'A person' },
  enterprise: { zh: '企业', en: 'An enterprise' },
  institution: { zh: '培训机构等服务机构', en: 'A training or service institution' },
  unit: { zh: '其他用人单位', en: 'Another employer' },
  bank: { zh: '经办银行', en: 'A bank' },
  government: { zh: '市级政府', en: 'A city' },
};
