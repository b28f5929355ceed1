// The emoji people use most, each with the name a screen reader says.

export const REACTIONS = [["👍", "Thumbs up"], ["❤️", "Heart"], ["😂", "Laughing"], ["😮", "Surprised"], ["😢", "Crying"], ["🙏", "Thank you"]];

export const EMOJI = [
  ["😀", "Grinning"], ["😃", "Happy"], ["😄", "Laughing eyes"], ["😁", "Beaming"], ["😅", "Sweat smile"], ["😂", "Tears of joy"], ["🤣", "Rolling"], ["😊", "Blushing"],
  ["🙂", "Slight smile"], ["😉", "Wink"], ["😍", "Heart eyes"], ["🥰", "In love"], ["😘", "Kiss"], ["😋", "Tasty"], ["😎", "Cool"], ["🤩", "Star struck"],
  ["🤔", "Thinking"], ["🤨", "Doubtful"], ["😐", "Neutral"], ["😏", "Smirk"], ["🙄", "Rolling eyes"], ["😬", "Grimace"], ["😌", "Relieved"], ["😴", "Asleep"],
  ["😷", "Mask"], ["🤒", "Ill"], ["🥳", "Party"], ["😕", "Confused"], ["😟", "Worried"], ["🙁", "Sad"], ["😮", "Surprised"], ["😳", "Flushed"],
  ["🥺", "Pleading"], ["😢", "Crying"], ["😭", "Sobbing"], ["😱", "Screaming"], ["😤", "Huffing"], ["😡", "Angry"], ["🤬", "Cursing"], ["💩", "Poo"],
  ["👍", "Thumbs up"], ["👎", "Thumbs down"], ["👌", "OK"], ["✌️", "Victory"], ["🤞", "Fingers crossed"], ["👋", "Wave"], ["👏", "Clapping"], ["🙌", "Raised hands"],
  ["🙏", "Thank you"], ["💪", "Strong"], ["👀", "Eyes"], ["🤝", "Handshake"], ["❤️", "Red heart"], ["🧡", "Orange heart"], ["💛", "Yellow heart"], ["💚", "Green heart"],
  ["💙", "Blue heart"], ["💔", "Broken heart"], ["🔥", "Fire"], ["✨", "Sparkles"], ["⭐", "Star"], ["🎉", "Celebration"], ["🎁", "Present"], ["🎂", "Cake"],
  ["☕", "Coffee"], ["🍕", "Pizza"], ["🍷", "Wine"], ["🌸", "Blossom"], ["🌞", "Sun"], ["🌧️", "Rain"], ["🚗", "Car"], ["🚚", "Van"],
  ["✈️", "Plane"], ["🏠", "House"], ["📦", "Parcel"], ["🛋️", "Sofa"], ["🪑", "Chair"], ["💡", "Idea"], ["🔧", "Wrench"], ["✅", "Done"],
];
