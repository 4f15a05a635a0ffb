export {
  type AppropriationDecision,
  type AppropriationKind,
  appropriationKinds,
  decideAppropriation,
  type NewAppropriation,
  proposeAppropriation,
} from './appropriations.js';
export { type CalendarChange, calendarChange, type MovedDeadline } from './calendar-change.js';
export { bringCalendarYear } from './calendar-import.js';
export * from './calendar-proposals.js';
export { type Touched, type TouchedCase, touchedBy } from './cases-touched.js';
export { bringDelivered } from './delivered.js';
export { type FirstAccount, type FirstAccounts, makeFirstAccounts } from './first-accounts.js';
export * from './fund-closing.js';
export * from './funds.js';
export { houseParameters } from './house-parameters.js';
export { type Done, forTheHouse, type Office, once, type Request, remembered } from './once.js';
export * from './one-time-passwords.js';
export * from './organisation-status.js';
export * from './organisations.js';
export * from './parameters.js';
export * from './payee-accounts.js';
export type { AdministrationCode, NotDone } from './refused.js';
export { sandboxDistrict, sandboxPeople, sandboxStart } from './sandbox-people.js';
export * from './seed-sandbox.js';
export { finishTask } from './tasks.js';
export * from './users.js';
export * from './world-events.js';
