import '../../base/styles/picture.css';
import { Composer } from './composer.tsx';
import { Stage } from './stage.tsx';

export function PictureScreen() {
  return (
    <div className="picture-screen">
      <h1 className="visually-hidden">Make a picture</h1>
      <Composer />
      <Stage />
    </div>
  );
}
