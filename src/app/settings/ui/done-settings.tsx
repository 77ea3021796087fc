import { SwitchRow } from '../../base/controls/switch-row.tsx';
import { useEditWords } from '../../words/edit-words.ts';
import { message } from '../../words/message.ts';
import { useActions, useAppState } from '../hooks.ts';

/** What happens when something is done and the page is not in front. */
export function DoneSettings() {
  const { done } = useEditWords();
  const { prefer, tell } = useActions();
  const notify = useAppState((state) => state.preferences.notify === 'on');
  const sound = useAppState((state) => state.preferences.sound);
  const choose = async (on: boolean) => {
    if (!on) return prefer({ notify: 'off' });
    const allowed = 'Notification' in window && (await Notification.requestPermission()) === 'granted';
    prefer({ notify: allowed ? 'on' : 'off' });
    if (!allowed) tell(message('notAllowed'));
  };
  return (
    <section className="group">
      <h3>{done.settings}</h3>
      <SwitchRow
        label={done.notify}
        hint={done.notifyHint}
        checked={notify}
        onChecked={(on) => void choose(on)}
      />
      <SwitchRow
        label={done.sound}
        hint={done.soundHint}
        checked={sound}
        onChecked={(on) => prefer({ sound: on })}
      />
    </section>
  );
}
