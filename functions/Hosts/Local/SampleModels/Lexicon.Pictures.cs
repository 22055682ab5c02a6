using static ServerlessSocial.Hosts.Local.SampleModels.RuleTraits;
using static ServerlessSocial.Platform.Ai.HarmCategory;

namespace ServerlessSocial.Hosts.Local.SampleModels;

internal static partial class Lexicon
{
    /// <summary>What pictures must not show, in both languages: it counts in descriptions of pictures alone, so that no context takes anything away.</summary>
    private static LexiconRule[] Pictures =>
    [
        new("picture.nudity", Nudity, 0.9, Plain, """
            naked|nude|nudes|topless|unclothed|nackt|nackte|nackten|nackter|nacktes|unbekleidet|unbekleidete|unbekleideten
            bare breasts|bottom
            without clothes
            oben ohne
            """),
        new("picture.gore", Gore, 0.9, Plain, """
            gore|gory|dismembered|dismemberment|decapitated|decapitation|beheaded|beheading|mutilated|mutilation|entrails|disembowelled|disemboweled
            enthauptet|enthauptete|enthauptung|verstümmelt|verstümmelte|verstümmelten|zerstückelt|zerstückelte|blutüberströmt|blutüberströmte|gedärme
            severed head|heads|limb|limbs
            pool of blood
            """),
        new("picture.symbols", ExtremistSymbols, 0.9, Plain, """
            swastika|swastikas|hakenkreuz|hakenkreuze|hakenkreuzen|hakenkreuzfahne|hitlergruß|reichskriegsflagge|sigrune|sigrunen
            hitler|nazi salute|flag|uniform
            ss runes|runen
            isis|is flag|flagge
            """),
    ];
}
