"""What is published: the digests of the shapes of statements."""

PUBLISHED = frozenset((
    "01c999b03ea2", "0295b1f41f9e", "02b75ff07dd1", "07c4be3b9327", "08786abc9b35",
    "0a5c1f2926ab", "0c93aa37e169", "0d167ac27abf", "15be2b55e7aa", "1a6b0c0dcf99",
    "1c6460b1c204", "1d6e7c39360c", "1f9f76e4d887", "205dd2eb3f99", "20ad65a1a277",
    "241924e8096c", "25e17ca218f8", "26f3a949f1b1", "27fd5375f4ab", "2ab0ad09ee1c",
    "2b95e8a37402", "31692386f1ca", "320a3804fdbd", "355ac5977ec8", "388d059723bc",
    "3b9e0e203640", "3e22c3182d8b", "40949dbe8261", "41eb20b10705", "42175c91293e",
    "4383b47505d6", "4836f29e3a3f", "495cf04bec1d", "4a47ee563ed4", "4c90986f2c7c",
    "4cf775a90ad6", "4da7ba5b560f", "4ed698d4a685", "506869215f5f", "51a3b988d4a5",
    "551df635f176", "57016608938b", "58b2d4dd25a8", "5a1bc92065ac", "5a9d5d694e53",
    "5b0d82c1467a", "5b7418653f1d", "5f2225191748", "6583837a9114", "694a8be9608b",
    "697fa2a11d26", "6dd266896381", "6ff8945812ec", "7501098f3325", "769010da0de4",
    "776adc6cebd8", "78b68adbbf62", "78b6a9fcbbd1", "7a2aa3ac6182", "7ac3f178ef28",
    "7cc77e6835a1", "812ecd9a9d87", "845a21fb877e", "84a62cf49a59", "85a26c3b3a0e",
    "85b67da4e64e", "867157ff0ea6", "86bd41448fdd", "8763fbca8788", "8acda87a0144",
    "8b39dc23f912", "8b4592a214b4", "8b45a7ba1a71", "90b5b58841fe", "916e7df98309",
    "91b3f7bc50f3", "94dc1d60006a", "977d28c907f8", "98978622beee", "98a34692e3c3",
    "997fcf4692a0", "9a2b972f1f58", "9a4ee3f7db28", "9af6a49eed37", "9c578b94cfe4",
    "9d7ce070e122", "9e46e7508bce", "a008cffaab63", "a1e394bd4685", "a24ffd1d183f",
    "a2f2d3da8bc2", "a4508f2e1013", "a6f12a81cc0a", "aa12a7b98ce8", "ab5fc66cc92d",
    "ac23f36dc2cf", "acecbfc42b92", "af5cb9ebde9b", "b15e2ea31295", "b28e02bac22e",
    "b3fc3b203ba0", "b465b3aa8eb4", "b58681f5a6ad", "b9609abd5e62", "bae29740917b",
    "bcdda42aa4fd", "bd39137fd746", "c18e5a1bc620", "c2efe0449f95", "cb376b767330",
    "cebee3a70aaf", "d0ee768c8aac", "d24f68c6c1ed", "d26644260945", "d48e8dd7459e",
    "d5f8d6c117f3", "d6ae354a35f5", "d7d4ef8f7c3f", "d7ef730be074", "d947822f51b3",
    "db4638affc2f", "dc04f8a6a6d9", "dd10d6a858cd", "df153e23852c", "e1d19ccf6e94",
    "e5a3abcb6811", "e6efd4dfd9b7", "e71dbb0af543", "e8dba3082a7a", "ec660f871ab4",
    "ed3e80fb7ecd", "eec919dfdea1", "f3dccabe0107", "f5798b596471", "f7c72d861ba2",
    "f7d6a4f54e6c", "f9488cd7c8d5", "fa2fbd4c2371", "fcc5b79b80cb", "fd2a524322c4",
    "fe33198d6162", "ffd2b80a45e6",
))  # fmt: skip
"""Of the template, the reference and the book's first ten steps, as they are in its repository
and as it prints them: a test tells what to put here when the first two have changed.
"""
