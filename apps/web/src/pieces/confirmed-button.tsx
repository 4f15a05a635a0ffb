import { Button, Modal } from 'antd';
import { type ReactNode, useState } from 'react';
import { useWish } from '../api/wish.js';
import { useLanguage } from '../text/language.js';
import type { Text } from '../text/text.js';
import { ProblemAlert } from './problem-alert.js';

type Props = {
  readonly label: Text;
  /** what it is done to, where many buttons say the same */
  readonly about?: string;
  /** what comes of it, said before it is done */
  readonly children: ReactNode;
  readonly confirm: Text;
  readonly danger?: boolean;
  readonly small?: boolean;
  readonly send: (key: string) => Promise<unknown>;
  readonly touches: readonly (readonly unknown[])[];
};

/** A step that says nothing but yes: first what comes of it, then once more whether it is meant. */
export function ConfirmedButton({ label, about, children, confirm, danger = false, small = false, send, touches }: Props) {
  const { say } = useLanguage();
  const [asked, setAsked] = useState(false);
  const wish = useWish({ send: (_: 'yes', key) => send(key), touches, done: () => setAsked(false) });
  const close = () => {
    setAsked(false);
    wish.reset();
  };
  return (
    <>
      <Button danger={danger} size={small ? 'small' : 'middle'} onClick={() => setAsked(true)}>
        {say(label)}
        {about !== undefined && <span className="spoken"> {about}</span>}
      </Button>
      <Modal
        open={asked}
        title={about === undefined ? say(label) : `${say(label)} · ${about}`}
        footer={null}
        onCancel={close}
        destroyOnHidden
      >
        <div className="stack">
          {children}
          <ProblemAlert refused={wish.error} />
          <div className="actions">
            <Button type="primary" danger={danger} loading={wish.isPending} onClick={() => wish.mutate('yes')} autoFocus={!danger}>
              {say(confirm)}
            </Button>
            <Button onClick={close}>{say({ zh: '取消', en: 'Cancel' })}</Button>
          </div>
        </div>
      </Modal>
    </>
  );
}
