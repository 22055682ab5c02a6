namespace ServerlessSocial.Platform.Ai.Offline.Painting;

/// <summary>Puts the layers of a picture together, from back to front.</summary>
internal static class Composition
{
    /// <summary>Decides what the prompt leaves open, so that every picture shows something.</summary>
    public static Motif Complete(Motif asked, SeededRandom random)
    {
        if ((asked & Motif.Places) != 0)
        {
            return asked;
        }

        if ((asked & Motif.Subjects) != 0)
        {
            var blooms = (asked & (Motif.Winter | Motif.Autumn | Motif.Night)) == 0;
            return asked | random.Pick<Motif>([Motif.Hills, blooms ? Motif.Hills | Motif.Flowers : Motif.Hills, Motif.Mountains | Motif.Hills]);
        }

        return asked | ((asked & Motif.Times) != 0
            ? random.Pick<Motif>([Motif.Hills, Motif.Mountains, Motif.Water, Motif.Mountains | Motif.Water])
            : random.Pick<Motif>([Motif.Hills, Motif.Mountains, Motif.Water, Motif.Abstract, Motif.Abstract]));
    }

    public static void Paint(Scene scene)
    {
        if ((scene.Motifs & (Motif.Places | Motif.Subjects)) == Motif.Abstract)
        {
            AbstractLayer.Paint(scene);
            return;
        }

        if (scene.Has(Motif.Space))
        {
            SpaceLayer.Paint(scene);
        }
        else
        {
            SkyLayer.Paint(scene);
        }

        Background(scene);
        if (scene.Has(Motif.Water))
        {
            WaterLayer.Paint(scene);
        }

        SubjectLayer.Distant(scene);
        Front(scene);
        SkyLayer.Weather(scene);
    }

    private static void Background(Scene scene)
    {
        if (scene.Has(Motif.Mountains))
        {
            LandLayer.Mountains(scene);
        }

        if (scene.Has(Motif.City))
        {
            CityLayer.Paint(scene);
        }

        if (scene.Has(Motif.Desert))
        {
            LandLayer.Dunes(scene);
        }
        else if (scene.Has(Motif.Forest))
        {
            LandLayer.Forest(scene);
        }
        else if (scene.Has(Motif.Hills | Motif.Flowers | Motif.Mountains) && !scene.Has(Motif.Water | Motif.City))
        {
            LandLayer.Hills(scene, 3, 0.6f, 0.82f);
        }
    }

    private static void Front(Scene scene)
    {
        var standing = scene.Has(Motif.Cat | Motif.Dog | Motif.House | Motif.Person | Motif.Tree);
        var needsGround = standing || scene.Has(Motif.Flowers) || (scene.Has(Motif.Hills | Motif.Mountains) && !scene.Has(Motif.Water | Motif.City | Motif.Desert | Motif.Forest | Motif.Space));
        if (!needsGround)
        {
            return;
        }

        var ground = LandLayer.Foreground(scene, scene.Has(Motif.Flowers) ? 0.72f : 0.8f);
        if (!scene.Has(Motif.Winter | Motif.Desert))
        {
            MeadowLayer.Grass(scene, ground);
        }

        SubjectLayer.Standing(scene, ground);
        if (scene.Has(Motif.Flowers))
        {
            MeadowLayer.Flowers(scene, ground);
        }
    }
}
