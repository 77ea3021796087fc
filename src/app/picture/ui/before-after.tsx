import { useEffect, useMemo } from 'react';
import { CompareView } from '../../base/controls/compare-view.tsx';
import { useZoom } from '../../base/controls/use-zoom.ts';
import { Viewer, ViewerBar } from '../../base/controls/viewer.tsx';
import { shorten } from '../../base/format.ts';
import { useEditWords } from '../../words/edit-words.ts';
import { useActions } from '../hooks.ts';
import type { Picture } from '../picture-state.ts';

/** A picture and the one that it was made from. */
export default function BeforeAfter({ picture, onClose }: { picture: Picture; onClose: () => void }) {
  const { compare } = useEditWords();
  const { sourceFile } = useActions();
  const { width, height } = picture;
  const { prompt } = picture.recipe.settings;
  const zoom = useZoom({ width, height });
  const file = sourceFile(picture.id);
  const before = useMemo(() => (file ? URL.createObjectURL(file) : null), [file]);
  useEffect(() => () => void (before !== null && URL.revokeObjectURL(before)), [before]);
  return (
    <Viewer onClose={onClose}>
      <ViewerBar title={compare.title} zoom={zoom.buttons} />
      <CompareView
        first={{ url: before, alt: compare.before, name: compare.before }}
        second={{ url: picture.url, alt: shorten(prompt, 200), name: compare.after }}
        zoom={zoom}
        begin="slider"
      />
    </Viewer>
  );
}
