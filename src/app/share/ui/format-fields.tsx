import { useEffect, useState } from 'react';
import { limits } from '../../../domain/limits.ts';
import { pictureFormats, type PictureFormat } from '../../base/preferences.ts';
import { SelectField } from '../../base/controls/select-field.tsx';
import { SliderField } from '../../base/controls/slider-field.tsx';
import { useWords } from '../../words/words-context.tsx';
import { useActions, useAppState } from '../hooks.ts';
import { canEncode } from '../outgoing.ts';

const formatNames: Readonly<Record<PictureFormat, string>> = {
  png: 'PNG',
  jpeg: 'JPEG',
  webp: 'WebP',
  avif: 'AVIF',
};

/** In which form the picture goes out; remembered. */
export function FormatFields() {
  const { share } = useWords();
  const { prefer } = useActions();
  const preferences = useAppState((state) => state.preferences);
  const formats = useFormats();
  return (
    <div className="pair">
      <SelectField
        label={share.format}
        value={preferences.saveFormat}
        onValue={(saveFormat) => prefer({ saveFormat })}
        options={formats.map((value) => ({ value, label: formatNames[value] }))}
      />
      {preferences.saveFormat === 'png' ? null : (
        <SliderField
          label={share.quality}
          {...limits.qualityPercent}
          step={1}
          value={preferences.saveQualityPercent}
          onValue={(value) => prefer({ saveQualityPercent: value })}
        />
      )}
    </div>
  );
}

/** Those that this browser can write. */
function useFormats(): readonly PictureFormat[] {
  const [formats, setFormats] = useState<readonly PictureFormat[]>(pictureFormats);
  useEffect(() => {
    let left = false;
    void Promise.all(pictureFormats.map(canEncode)).then((able) => {
      if (!left) setFormats(pictureFormats.filter((_, at) => able[at]));
    });
    return () => {
      left = true;
    };
  }, []);
  return formats;
}
