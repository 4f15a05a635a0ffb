import type { Locator, Page } from 'playwright-core';
/** File and component, and the story in which it is tried. A form that is written and not named here fails the test of the list. */
export declare const FORMS: {
    readonly 'administration/calendar-proposal-page.tsx Decide': 'sign-in';
    readonly 'administration/new-user.tsx NewUser': 'sign-in';
    readonly 'administration/propose-calendar-year.tsx ProposeCalendarYear': 'sign-in';
    readonly 'administration/propose-parameter.tsx ProposeParameter': 'sign-in';
    readonly 'administration/world-events.tsx RecordEvent': 'sign-in';
    readonly 'event-form/event-form.tsx EventForm': 'sign-in';
    readonly 'finance/bank-files.tsx Decide': 'finance';
    readonly 'finance/batch-actions.tsx Reject': 'finance';
    readonly 'finance/rail-profile-form.tsx RailProfileForm': 'finance';
    readonly 'finance/receipt-items.tsx CloseItem': 'finance';
    readonly 'finance/recovery-propose.tsx Propose': 'finance';
    readonly 'finance/recovery-receipt.tsx Receipt': 'finance';
    readonly 'finance/release.tsx Propose': 'finance';
    readonly 'finance/statement-lines.tsx Propose': 'finance';
    readonly 'finance/withdraw-file.tsx Propose': 'finance';
    readonly 'frame/device.tsx Prove': 'finance';
    readonly 'institution/apply.tsx Facts': 'sign-in';
    readonly 'pieces/new-account-form.tsx NewAccountForm': 'sign-in';
    readonly 'public/objection-form.tsx ObjectionForm': 'public';
};
export type FormName = keyof typeof FORMS;
/** Where a `form` element stands that is none of these, and why. */
export declare const OTHER_FORMS: Readonly<Record<string, string>>;
type Trial = {
    readonly name: FormName;
    readonly form: Locator;
    /** the button that sends */
    readonly send: string | RegExp;
    /** a field by its label, as the server calls it; its text is changed and put back */
    readonly field: string | RegExp;
    readonly at: string;
    /** typed, and never written into the tab's storage */
    readonly secret?: string;
    /** nobody is signed in: no session ends */
    readonly open?: true;
};
/** Tries one form that stands open and filled in: afterwards it stands there as before, and nothing was sent. */
export declare function losesNothing(page: Page, { name, form, send, field, at, secret, open }: Trial): Promise<void>;
export {};
