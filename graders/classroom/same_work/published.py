"""What is published: the digests of the shapes of statements."""

PUBLISHED = frozenset((
    "01c999b0", "0295b1f4", "02b75ff0", "07c4be3b", "08786abc", "0a5c1f29", "0c93aa37",
    "0d167ac2", "15be2b55", "1a6b0c0d", "1c6460b1", "1d6e7c39", "1f9f76e4", "205dd2eb",
    "20ad65a1", "241924e8", "25e17ca2", "26f3a949", "27fd5375", "2ab0ad09", "2b95e8a3",
    "31692386", "320a3804", "355ac597", "388d0597", "3b9e0e20", "3e22c318", "40949dbe",
    "41eb20b1", "42175c91", "4383b475", "4836f29e", "495cf04b", "4a47ee56", "4c90986f",
    "4cf775a9", "4da7ba5b", "4ed698d4", "50686921", "51a3b988", "551df635", "57016608",
    "58b2d4dd", "5a1bc920", "5a9d5d69", "5b0d82c1", "5b741865", "5f222519", "6583837a",
    "694a8be9", "697fa2a1", "6dd26689", "6ff89458", "7501098f", "769010da", "776adc6c",
    "78b68adb", "78b6a9fc", "7a2aa3ac", "7ac3f178", "7cc77e68", "812ecd9a", "845a21fb",
    "84a62cf4", "85a26c3b", "85b67da4", "867157ff", "86bd4144", "8763fbca", "8acda87a",
    "8b39dc23", "8b4592a2", "8b45a7ba", "90b5b588", "916e7df9", "91b3f7bc", "94dc1d60",
    "977d28c9", "98978622", "98a34692", "997fcf46", "9a2b972f", "9a4ee3f7", "9af6a49e",
    "9c578b94", "9d7ce070", "9e46e750", "a008cffa", "a1e394bd", "a24ffd1d", "a2f2d3da",
    "a4508f2e", "a6f12a81", "aa12a7b9", "ab5fc66c", "ac23f36d", "acecbfc4", "af5cb9eb",
    "b15e2ea3", "b28e02ba", "b3fc3b20", "b465b3aa", "b58681f5", "b9609abd", "bae29740",
    "bcdda42a", "bd39137f", "c18e5a1b", "c2efe044", "cb376b76", "cebee3a7", "d0ee768c",
    "d24f68c6", "d2664426", "d48e8dd7", "d5f8d6c1", "d6ae354a", "d7d4ef8f", "d7ef730b",
    "d947822f", "db4638af", "dc04f8a6", "dd10d6a8", "df153e23", "e1d19ccf", "e5a3abcb",
    "e6efd4df", "e71dbb0a", "e8dba308", "ec660f87", "ed3e80fb", "eec919df", "f3dccabe",
    "f5798b59", "f7c72d86", "f7d6a4f5", "f9488cd7", "fa2fbd4c", "fcc5b79b", "fd2a5243",
    "fe33198d", "ffd2b80a",
))  # fmt: skip
"""Of the template, the reference and the book's first ten steps, as they are in its repository
and as it prints them: a test tells what to put here when the first two have changed.
"""
