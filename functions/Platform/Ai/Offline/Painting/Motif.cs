namespace ServerlessSocial.Platform.Ai.Offline.Painting;

/// <summary>What a prompt asks to see, as far as the painter understands it.</summary>
[Flags]
internal enum Motif : long
{
    None = 0,

    Water = 1 << 0,
    Mountains = 1 << 1,
    City = 1 << 2,
    Forest = 1 << 3,
    Flowers = 1 << 4,
    Space = 1 << 5,
    Desert = 1 << 6,
    Hills = 1 << 7,
    Abstract = 1 << 8,

    Night = 1 << 9,
    Sunset = 1 << 10,
    Day = 1 << 11,
    Morning = 1 << 12,
    Grey = 1 << 13,
    Winter = 1 << 14,
    Autumn = 1 << 15,
    Green = 1 << 16,
    Purple = 1 << 17,

    Cat = 1 << 18,
    Dog = 1 << 19,
    Bird = 1 << 20,
    Boat = 1 << 21,
    House = 1 << 22,
    Person = 1 << 23,
    Balloon = 1 << 24,
    Tree = 1 << 25,
    Rain = 1 << 26,
    Snow = 1 << 27,

    Places = Water | Mountains | City | Forest | Flowers | Space | Desert | Hills | Abstract,
    Times = Night | Sunset | Day | Morning | Grey | Winter | Autumn | Green | Purple,
    Subjects = Cat | Dog | Bird | Boat | House | Person | Balloon | Tree,
}
