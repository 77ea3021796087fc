import { useEffect } from 'react';
import { SelectField } from '../../base/controls/select-field.tsx';
import { useModelsActions, useModelsState } from '../../models/models-hooks.tsx';
import { useWords } from '../../words/words-context.tsx';
import { useActions, useAppState } from '../hooks.ts';

/** No file has such a name. */
const own = '/';

/** Which autoencoder makes pixels of what was drawn, where there is a choice. */
export function VaeField() {
  const { picture } = useWords();
  const { edit } = useActions();
  const vae = useAppState((state) => state.draft.vae);
  const names = useModelsState((state) => state.extras)
    .filter(({ kind }) => kind === 'vae')
    .map(({ name }) => name);
  const { refreshExtras } = useModelsActions();
  useEffect(() => void refreshExtras(), [refreshExtras]);
  if (names.length === 0 && vae === undefined) return null;
  const isGone = vae !== undefined && !names.includes(vae);
  return (
    <SelectField
      label={picture.vae}
      value={vae ?? own}
      onValue={(value) => edit({ vae: value === own ? undefined : value })}
      options={[
        { value: own, label: picture.vaeOwn },
        ...names.map((name) => ({ value: name, label: name })),
        ...(isGone ? [{ value: vae, label: picture.vaeGone(vae) }] : []),
      ]}
    />
  );
}
