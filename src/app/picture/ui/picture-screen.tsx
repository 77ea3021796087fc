import { Composer } from './composer.tsx';
import { Stage } from './stage.tsx';
import { useWords } from '../../words/words-context.tsx';
import styles from './picture-screen.module.css';

export function PictureScreen() {
  const { picture } = useWords();
  return (
    <div className={styles.screen}>
      <h1 className="visually-hidden">{picture.heading}</h1>
      <Composer />
      <Stage />
    </div>
  );
}
