import '../../base/styles/picture.css';
import { Composer } from './composer.tsx';
import { Stage } from './stage.tsx';
import { useWords } from '../../words/words-context.tsx';

export function PictureScreen() {
  const { picture } = useWords();
  return (
    <div className="picture-screen">
      <h1 className="visually-hidden">{picture.heading}</h1>
      <Composer />
      <Stage />
    </div>
  );
}
