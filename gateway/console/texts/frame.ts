/** What stands around every page. */
export type FrameWords = {
  /** For those who use a keyboard: past the links of the head. */
  skip: string;
  /** Names the links of the head, where they are read out. */
  pages: string;
  languages: string;
  home: string;
  data: string;
  api: string;
};
