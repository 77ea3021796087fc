import { SizeField } from '../../base/controls/size-field.tsx';
import { useWords } from '../../words/words-context.tsx';
import { useFilmActions, useFilmProblems, useFilmState } from './use-film.tsx';

const presets = [
  { name: '1:1', pixels: '512', width: 512, height: 512 },
  { name: '16:9', pixels: '720p', width: 1280, height: 720 },
  { name: '16:9', pixels: '1080p', width: 1920, height: 1080 },
  { name: '9:16', pixels: '720p', width: 720, height: 1280 },
  { name: '9:16', pixels: '1080p', width: 1080, height: 1920 },
  { name: '1:1', pixels: '1080', width: 1080, height: 1080 },
  { name: '4:3', pixels: '960', width: 960, height: 720 },
] as const;

const idOf = (size: { readonly width: number; readonly height: number }) => `${size.width}x${size.height}`;

/** The film's size: those that players and platforms expect, or any other. */
export function FilmSize() {
  const { film } = useWords();
  const { changeFilm } = useFilmActions();
  const { width, height } = useFilmState((state) => state.project);
  const problems = useFilmProblems();
  return (
    <SizeField
      width={width}
      height={height}
      onSize={changeFilm}
      presetsLabel={film.filmSize}
      presets={presets.map((preset) => ({
        id: idOf(preset),
        name: preset.name,
        pixels: preset.pixels,
        label: film.sizePreset(preset.name, preset.width, preset.height),
      }))}
      chosen={idOf({ width, height })}
      onPreset={(id) => {
        const preset = presets.find((each) => idOf(each) === id);
        if (preset) changeFilm({ width: preset.width, height: preset.height });
      }}
      step={2}
      wrong={(['width', 'height'] as const).filter((side) => problems.has(side))}
      problem={problems.get('width') ?? problems.get('height')}
    />
  );
}
