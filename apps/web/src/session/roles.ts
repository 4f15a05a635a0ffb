import type { Text } from '../text/text.js';
import type { Role } from './session.js';

/** What each role is called on screens. */
export const roleLabels: Readonly<Record<Role, Text>> = {
  institution: { zh: '培训机构', en: 'training institution' },
  enterprise: { zh: '企业', en: 'enterprise' },
  citizen: { zh: '个人', en: 'individual' },
  officer: { zh: '人社受理', en: 'case officer' },
  reviewer: { zh: '人社审核', en: 'reviewer' },
  approver: { zh: '人社审批', en: 'approver' },
  inspector: { zh: '监督检查', en: 'inspector' },
  maker: { zh: '财政经办', en: 'finance maker' },
  checker: { zh: '财政复核', en: 'finance checker' },
  cashier: { zh: '财政出纳', en: 'cashier' },
  supervisor: { zh: '主管', en: 'supervisor' },
  auditor: { zh: '审计', en: 'auditor' },
  admin: { zh: '系统管理', en: 'administrator' },
  security: { zh: '安全管理', en: 'security officer' },
};

/** The label of any actor's role, the house itself and the public among them. */
export const roleLabel = (role: string): Text =>
  (roleLabels as Readonly<Record<string, Text>>)[role] ??
  (role === 'system' ? { zh: '系统', en: 'system' } : role === 'public' ? { zh: '公众', en: 'public' } : { zh: role, en: role });
