import { api, good, keyed, type Schemas } from '../api/client.js';
import { ConfirmedButton } from '../pieces/confirmed-button.js';
import { useSession } from '../session/session.js';
import { useLanguage } from '../text/language.js';

type Run = Pick<Schemas['NoApplicationRunPreview'], 'id' | 'state' | 'stopped'>;
const mayStop = new Set(['officer', 'approver', 'supervisor']);

/** Stops the screening or the opening of cases where it stands, and lets it go on from there. */
export function RunControl({ run: { id, state, stopped } }: { readonly run: Run }) {
  const { say } = useLanguage();
  const { data: person } = useSession();
  if (state === 'cancelled' || !mayStop.has(person?.role ?? '')) return null;
  const params = (key: string) => ({ params: { path: { id }, header: keyed(key) } });
  if (stopped)
    return (
      <ConfirmedButton
        key="resume"
        label={{ zh: '继续', en: 'Go on' }}
        confirm={{ zh: '确认继续', en: 'Go on' }}
        send={(key) => good(api.POST('/api/v1/no-application-runs/{id}/resume', params(key)))}
        touches={[['runs']]}
      >
        <p>
          {say({
            zh: '从停下的地方继续：尚未筛查的行接着筛查，已批准名单中尚未建案的接着建案。已完成的不会重做。',
            en: 'It goes on where it stopped: lines not yet screened, cases of approved lists not yet opened. Nothing is done twice.',
          })}
        </p>
      </ConfirmedButton>
    );
  return (
    <ConfirmedButton
      key="stop"
      label={{ zh: '暂停', en: 'Stop' }}
      confirm={{ zh: '确认暂停', en: 'Stop it' }}
      danger
      send={(key) => good(api.POST('/api/v1/no-application-runs/{id}/stop', params(key)))}
      touches={[['runs']]}
    >
      <p>
        {say({
          zh: '办完手头一页即停：其余的行不再筛查，已批准的名单不再建案，直到有人继续。已建的案件照常办理和拨付；要停某一案，请在该案暂停付款。',
          en: 'It stops behind the page in hand: no more lines are screened and no more cases opened until somebody lets it go on. Cases opened already go on and are paid; to stop one of them, put that case on hold.',
        })}
      </p>
    </ConfirmedButton>
  );
}
