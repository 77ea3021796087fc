import { ArrowLeftRight } from 'lucide-react';
import { ToggleGroup } from 'radix-ui';
import { useId } from 'react';
import { IconButton } from '../../base/controls/icon-button.tsx';
import { NumberInput } from '../../base/controls/number-input.tsx';
import { useFilmActions, useFilmProblems, useFilmState } from './use-film.tsx';
import { useWords } from '../../words/words-context.tsx';

const presets = [
  { name: '1:1', label: '512', width: 512, height: 512 },
  { name: '16:9', label: '720p', width: 1280, height: 720 },
  { name: '16:9', label: '1080p', width: 1920, height: 1080 },
  { name: '9:16', label: '720p', width: 720, height: 1280 },
  { name: '9:16', label: '1080p', width: 1080, height: 1920 },
  { name: '1:1', label: '1080', width: 1080, height: 1080 },
  { name: '4:3', label: '960', width: 960, height: 720 },
] as const;

const sizeOf = (size: { readonly width: number; readonly height: number }) => `${size.width}x${size.height}`;

/** As large as its place allows. */
const shape = ({ width, height }: { readonly width: number; readonly height: number }) => ({
  aspectRatio: `${width} / ${height}`,
  ...(width > height ? { width: '1.75rem' } : { height: '1.5rem' }),
});

export function FilmSize() {
  const { film, common } = useWords();
  const { changeFilm } = useFilmActions();
  const { width, height } = useFilmState((state) => state.project);
  const problems = useFilmProblems();
  const problem = problems.get('width') ?? problems.get('height');
  const id = useId();
  const invalid = (side: 'width' | 'height') => ({
    'aria-invalid': problems.has(side) || undefined,
    'aria-describedby': problem ? `${id}-problem` : undefined,
  });
  const choose = (value: string) => {
    const preset = presets.find((each) => sizeOf(each) === value);
    if (preset) changeFilm({ width: preset.width, height: preset.height });
  };
  return (
    <fieldset className="field plain">
      <legend className="label">{common.size}</legend>
      <ToggleGroup.Root
        className="aspects"
        type="single"
        aria-label={film.filmSize}
        value={sizeOf({ width, height })}
        onValueChange={choose}
      >
        {presets.map((preset) => (
          <ToggleGroup.Item
            key={sizeOf(preset)}
            value={sizeOf(preset)}
            className="aspect"
            aria-label={film.sizePreset(preset.name, preset.width, preset.height)}
          >
            <span className="aspect-shape" style={shape(preset)} aria-hidden />
            <span>{preset.name}</span>
            <span className="aspect-size">{preset.label}</span>
          </ToggleGroup.Item>
        ))}
      </ToggleGroup.Root>
      <div className="size-row">
        <label className="unit">
          <span>{common.width}</span>
          <NumberInput
            {...invalid('width')}
            step={2}
            value={width}
            onValue={(value) => changeFilm({ width: value })}
          />
        </label>
        <IconButton
          label={common.swapSides}
          icon={ArrowLeftRight}
          onClick={() => changeFilm({ width: height, height: width })}
        />
        <label className="unit">
          <span>{common.height}</span>
          <NumberInput
            {...invalid('height')}
            step={2}
            value={height}
            onValue={(value) => changeFilm({ height: value })}
          />
        </label>
      </div>
      {problem ? (
        <p className="problem" id={`${id}-problem`}>
          {problem}
        </p>
      ) : null}
    </fieldset>
  );
}
