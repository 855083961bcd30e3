/*
 * Letters of before lead to the first page, with their token in the fragment; it goes on to one's own place as it came, and
 * no server sees it. A fragment so short is a part of this page.
 */
const handOver = () => {
  const { search, hash } = location;
  if (/^#[\w-]{21,200}$/.test(hash)) location.replace(`/my-place${search}${hash}`);
};
addEventListener("hashchange", handOver);
handOver();
