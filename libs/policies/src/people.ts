/** Every role a person may have, in the order of the work. */
export const roles = [
  'institution',
  'enterprise',
  'citizen',
  'officer',
  'reviewer',
  'approver',
  'inspector',
  'maker',
  'checker',
  'cashier',
  'supervisor',
  'auditor',
  'admin',
  'security',
] as const;
export type Role = (typeof roles)[number];

/** Who may be paid. `unit`: an employer that is no enterprise; `bank`: the lender; `government`: a city. */
export const payeeKinds = ['institution', 'enterprise', 'citizen', 'unit', 'bank', 'government'] as const;
export type PayeeKind = (typeof payeeKinds)[number];

/** The role in which a payee's own people act; a city's application is written by an officer. */
export const roleOf: Readonly<Record<PayeeKind, Role>> = {
  institution: 'institution',
  enterprise: 'enterprise',
  citizen: 'citizen',
  unit: 'enterprise',
  bank: 'institution',
  government: 'officer',
};
